package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import dev.assay.core.request.Tools;
import dev.assay.wire.json.Json;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the body of {@code POST /v1/responses} for a request that did not come in this format. A
 * request that did leaves as its own bytes, see {@link dev.assay.wire.json.Splice}.
 *
 * <p>The provider is asked to keep nothing: the conversation comes back whole with the next
 * request, reasoning included, which is why it is asked for in its encrypted form wherever there
 * can be some.
 */
public final class ResponsesRequestWriter {
  private ResponsesRequestWriter() {}

  /** The body. What has no form here is left out, such as stop texts, seeds and penalties. */
  public static Bytes write(ChatRequest request) {
    return Json.write(json -> write(json, request));
  }

  /**
   * The array of a request's items. {@code instructions} that the request came with are left out:
   * they have a member of their own.
   */
  public static Bytes input(ChatRequest request) {
    List<Message> messages = request.messages();
    int first = ResponsesRequest.instructed(request) ? 1 : 0;
    return Json.write(json -> writeItems(json, messages.subList(first, messages.size())));
  }

  private static void write(JsonGenerator json, ChatRequest request) {
    json.writeStartObject();
    json.writeStringProperty("model", request.model());
    json.writeName("input");
    writeItems(json, request.messages());
    writeSampling(json, request.sampling());
    writeTools(json, request.tools());
    writeFormat(json, request.format());
    boolean reasons = reasons(request.reasoning());
    writeReasoning(json, request.reasoning(), reasons);
    writeInclude(json, request, reasons);
    json.writeBooleanProperty("store", false);
    if (request.streaming().events()) {
      json.writeBooleanProperty("stream", true);
    }
    json.writeEndObject();
  }

  private static void writeItems(JsonGenerator json, List<Message> messages) {
    json.writeStartArray();
    messages.forEach(message -> ItemWriter.write(json, message));
    json.writeEndArray();
  }

  private static void writeSampling(JsonGenerator json, Sampling sampling) {
    sampling.temperature().ifPresent(value -> json.writeNumberProperty("temperature", value));
    sampling.topP().ifPresent(value -> json.writeNumberProperty("top_p", value));
    sampling
        .maxOutputTokens()
        .ifPresent(value -> json.writeNumberProperty("max_output_tokens", value));
    sampling.logprobs().ifPresent(value -> json.writeNumberProperty("top_logprobs", value));
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
    json.writeStringProperty("name", tool.name());
    tool.description().ifPresent(text -> json.writeStringProperty("description", text));
    tool.parameters()
        .ifPresent(schema -> {
          json.writeName("parameters");
          Json.writeRaw(json, schema);
        });
    // Here the default is strict, and elsewhere it is not.
    json.writeBooleanProperty("strict", tool.strict().orElse(false));
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
        json.writeStringProperty("name", name);
        json.writeEndObject();
      }
    }
  }

  private static void writeFormat(JsonGenerator json, ResponseFormat format) {
    if (format instanceof ResponseFormat.Text) {
      return;
    }
    json.writeObjectPropertyStart("text");
    json.writeObjectPropertyStart("format");
    if (format instanceof ResponseFormat.JsonSchema schema) {
      json.writeStringProperty("type", "json_schema");
      json.writeStringProperty("name", schema.name());
      schema.strict().ifPresent(strict -> json.writeBooleanProperty("strict", strict));
      json.writeName("schema");
      Json.writeRaw(json, schema.schema());
    } else {
      json.writeStringProperty("type", "json_object");
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static boolean reasons(ReasoningSetting reasoning) {
    return reasoning
        .effort()
        .map(effort -> !effort.equals("none"))
        .orElse(reasoning.budgetTokens().orElse(0L) > 0);
  }

  private static void writeReasoning(
      JsonGenerator json, ReasoningSetting reasoning, boolean reasons) {
    if (reasoning.effort().isEmpty() && !reasons) {
      return;
    }
    json.writeObjectPropertyStart("reasoning");
    reasoning.effort().ifPresent(effort -> json.writeStringProperty("effort", effort));
    if (reasons) {
      json.writeStringProperty("summary", "auto");
    }
    json.writeEndObject();
  }

  // Models that do not reason refuse to be asked for encrypted reasoning.
  private static void writeInclude(JsonGenerator json, ChatRequest request, boolean reasons) {
    boolean encrypted = reasons || reasoned(request.messages());
    if (!encrypted && request.sampling().logprobs().isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("include");
    if (encrypted) {
      json.writeString("reasoning.encrypted_content");
    }
    if (request.sampling().logprobs().isPresent()) {
      json.writeString("message.output_text.logprobs");
    }
    json.writeEndArray();
  }

  private static boolean reasoned(List<Message> messages) {
    return messages.stream()
        .flatMap(message -> message.parts().stream())
        .anyMatch(part ->
            part instanceof Part.Reasoning reasoning
                && ItemWriter.encrypted(reasoning).isPresent());
  }
}
