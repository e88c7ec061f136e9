package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import dev.assay.core.request.Tools;
import dev.assay.wire.json.Json;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the body of {@code POST /v1/chat/completions} for a request that did not come in this
 * format. A request that did leaves as its own bytes, see {@link dev.assay.wire.json.Splice}.
 */
public final class ChatRequestWriter {
  private ChatRequestWriter() {}

  /** The body as every compatible server takes it; see {@link #write(ChatRequest, CapName)}. */
  public static Bytes write(ChatRequest request) {
    return write(request, CapName.MAX_TOKENS);
  }

  /**
   * The body. What has no form here is left out: reasoning parts, and opaque parts of other
   * formats.
   *
   * @param cap how the server calls the greatest number of output tokens
   */
  public static Bytes write(ChatRequest request, CapName cap) {
    return Json.write(generator -> write(generator, request, cap));
  }

  private static void write(JsonGenerator json, ChatRequest request, CapName cap) {
    json.writeStartObject();
    json.writeStringProperty("model", request.model());
    MessageWriter.write(json, request.messages());
    writeSampling(json, request.sampling(), cap);
    writeTools(json, request.tools());
    writeFormat(json, request.format());
    request
        .reasoning()
        .effort()
        .ifPresent(effort -> json.writeStringProperty("reasoning_effort", effort));
    switch (request.streaming()) {
      case NONE -> {}
      case EVENTS -> json.writeBooleanProperty("stream", true);
      case EVENTS_WITH_USAGE -> {
        json.writeBooleanProperty("stream", true);
        json.writeObjectPropertyStart("stream_options");
        json.writeBooleanProperty("include_usage", true);
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  private static void writeSampling(JsonGenerator json, Sampling sampling, CapName cap) {
    sampling.temperature().ifPresent(value -> json.writeNumberProperty("temperature", value));
    sampling.topP().ifPresent(value -> json.writeNumberProperty("top_p", value));
    sampling.maxOutputTokens().ifPresent(value -> json.writeNumberProperty(cap.member(), value));
    if (!sampling.stop().isEmpty()) {
      json.writeArrayPropertyStart("stop");
      sampling.stop().forEach(json::writeString);
      json.writeEndArray();
    }
    sampling.seed().ifPresent(value -> json.writeNumberProperty("seed", value));
    sampling.choices().ifPresent(value -> json.writeNumberProperty("n", value));
  }

  private static void writeTools(JsonGenerator json, Tools tools) {
    if (!tools.tools().isEmpty()) {
      json.writeArrayPropertyStart("tools");
      tools.tools().forEach(tool -> writeTool(json, tool));
      json.writeEndArray();
    }
    tools.choice().ifPresent(choice -> writeChoice(json, choice));
    tools.parallel().ifPresent(value -> json.writeBooleanProperty("parallel_tool_calls", value));
  }

  private static void writeTool(JsonGenerator json, Tool tool) {
    json.writeStartObject();
    json.writeStringProperty("type", "function");
    json.writeObjectPropertyStart("function");
    json.writeStringProperty("name", tool.name());
    tool.description().ifPresent(text -> json.writeStringProperty("description", text));
    tool.parameters()
        .ifPresent(schema -> {
          json.writeName("parameters");
          Json.writeRaw(json, schema);
        });
    tool.strict().ifPresent(strict -> json.writeBooleanProperty("strict", strict));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeChoice(JsonGenerator json, ToolChoice choice) {
    json.writeName("tool_choice");
    switch (choice) {
      case ToolChoice.Auto() -> json.writeString("auto");
      case ToolChoice.Forbidden() -> json.writeString("none");
      case ToolChoice.Required() -> json.writeString("required");
      case ToolChoice.Named(String name) -> {
        json.writeStartObject();
        json.writeStringProperty("type", "function");
        json.writeObjectPropertyStart("function");
        json.writeStringProperty("name", name);
        json.writeEndObject();
        json.writeEndObject();
      }
    }
  }

  private static void writeFormat(JsonGenerator json, ResponseFormat format) {
    switch (format) {
      case ResponseFormat.Text() -> {}
      case ResponseFormat.JsonObject() -> {
        json.writeObjectPropertyStart("response_format");
        json.writeStringProperty("type", "json_object");
        json.writeEndObject();
      }
      case ResponseFormat.JsonSchema schema -> {
        json.writeObjectPropertyStart("response_format");
        json.writeStringProperty("type", "json_schema");
        json.writeObjectPropertyStart("json_schema");
        json.writeStringProperty("name", schema.name());
        schema.strict().ifPresent(strict -> json.writeBooleanProperty("strict", strict));
        json.writeName("schema");
        Json.writeRaw(json, schema.schema());
        json.writeEndObject();
        json.writeEndObject();
      }
    }
  }
}
