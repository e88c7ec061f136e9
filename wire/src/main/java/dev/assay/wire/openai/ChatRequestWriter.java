package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import dev.assay.core.request.Tools;
import dev.assay.wire.json.Json;
import dev.assay.wire.translation.Translation;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the body of {@code POST /v1/chat/completions} for a request that did not come in this
 * format. A request that did leaves as its own bytes, see {@link dev.assay.wire.json.Splice}.
 */
public final class ChatRequestWriter {
  private ChatRequestWriter() {}

  /** The body with all that is known of the request, as Assay's own door takes it. */
  public static Bytes write(ChatRequest request) {
    return write(request, CapName.MAX_TOKENS, ChatFields.EXTENDED);
  }

  /**
   * The body as a provider takes it: with OpenAI's own members, and with what signs reasoning when
   * it is not OpenAI, whose cap has a name of its own; see {@link #write(ChatRequest, CapName,
   * ChatFields)}.
   */
  public static Bytes write(ChatRequest request, CapName cap) {
    return write(request, cap, isOpenAi(cap) ? ChatFields.OPENAI : ChatFields.SIGNED);
  }

  /** What a body for a provider leaves out beside what the format cannot say. */
  public static List<String> losses(ChatRequest request, CapName cap) {
    boolean signed =
        request.messages().stream()
            .flatMap(message -> message.parts().stream())
            .anyMatch(ReasoningParts::ofChat);
    return signed && isOpenAi(cap) ? List.of(Translation.SIGNED_ELSEWHERE) : List.of();
  }

  private static boolean isOpenAi(CapName cap) {
    return cap == CapName.MAX_COMPLETION_TOKENS;
  }

  /**
   * The body. What has no form here is left out: opaque parts of other formats, whether a tool
   * failed, and of a tool's result all but the text. With OpenAI's own members also reasoning,
   * signatures, cache points, documents by address and a cap on reasoning tokens are left out.
   * {@code top_k}, which OpenAI does not know, is always written: who asks for it should hear that
   * it is refused.
   *
   * @param cap how the server calls the greatest number of output tokens
   * @param fields which members the server takes
   */
  private static Bytes write(ChatRequest request, CapName cap, ChatFields fields) {
    return Json.write(generator -> write(generator, request, cap, fields));
  }

  private static void write(
      JsonGenerator json, ChatRequest request, CapName cap, ChatFields fields) {
    boolean extended = fields == ChatFields.EXTENDED;
    json.writeStartObject();
    json.writeStringProperty("model", request.model());
    new MessageWriter(json, fields).write(request.messages());
    writeSampling(json, request.sampling(), cap);
    writeTools(json, request.tools(), extended);
    writeFormat(json, request.format());
    writeReasoning(json, request.reasoning(), extended);
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

  private static void writeReasoning(
      JsonGenerator json, ReasoningSetting reasoning, boolean extended) {
    if (extended && reasoning.budgetTokens().isPresent()) {
      json.writeObjectPropertyStart("reasoning");
      reasoning.effort().ifPresent(effort -> json.writeStringProperty("effort", effort));
      json.writeNumberProperty("max_tokens", reasoning.budgetTokens().get());
      json.writeEndObject();
    } else {
      reasoning.effort().ifPresent(effort -> json.writeStringProperty("reasoning_effort", effort));
    }
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
    sampling.topK().ifPresent(value -> json.writeNumberProperty("top_k", value));
    sampling
        .presencePenalty()
        .ifPresent(value -> json.writeNumberProperty("presence_penalty", value));
    sampling
        .frequencyPenalty()
        .ifPresent(value -> json.writeNumberProperty("frequency_penalty", value));
    sampling.logprobs().ifPresent(count -> writeLogprobs(json, count));
  }

  private static void writeLogprobs(JsonGenerator json, int count) {
    json.writeBooleanProperty("logprobs", true);
    if (count > 0) {
      json.writeNumberProperty("top_logprobs", count);
    }
  }

  private static void writeTools(JsonGenerator json, Tools tools, boolean extended) {
    // Without tools neither of the other members is taken.
    if (tools.tools().isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("tools");
    tools.tools().forEach(tool -> writeTool(json, tool, extended));
    json.writeEndArray();
    tools.choice().ifPresent(choice -> writeChoice(json, choice));
    tools.parallel().ifPresent(value -> json.writeBooleanProperty("parallel_tool_calls", value));
  }

  private static void writeTool(JsonGenerator json, Tool tool, boolean extended) {
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
    if (extended) {
      tool.cache().ifPresent(hint -> CacheControl.write(json, hint));
    }
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
