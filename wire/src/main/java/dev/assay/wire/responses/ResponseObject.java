package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.usage.Usage;
import dev.assay.wire.json.Json;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the response object of one call. It says again what was asked for, with the API's defaults
 * for the rest: the official clients need them.
 */
final class ResponseObject {
  private static final Bytes NULL = Bytes.utf8("null");

  private final UUID callId;
  private final ChatRequest request;
  private final long created;

  ResponseObject(UUID callId, ChatRequest request, Instant created) {
    this.callId = callId;
    this.request = request;
    this.created = created.getEpochSecond();
  }

  /** Writes it while the answer is being made. */
  void writeBegun(JsonGenerator json) {
    write(json, "in_progress", "null", items -> {});
    json.writeNullProperty("usage");
    json.writeEndObject();
  }

  /**
   * Writes it with the answer.
   *
   * @param output writes the items
   */
  void writeEnded(JsonGenerator json, Answer answer, Consumer<JsonGenerator> output) {
    write(json, status(answer), incompleteDetails(answer), output);
    Usage usage = answer.details().answerUsage();
    UsageWriter.write(json, usage);
    if (answer.details().simulated()) {
      json.writeStringProperty("system_fingerprint", "simulated");
    }
    json.writeEndObject();
  }

  /** The state of an answer that ended. */
  static String status(Answer answer) {
    return switch (shown(answer)) {
      case STOP, TOOL_CALLS, REFUSAL, OTHER -> "completed";
      case LENGTH, CONTENT_FILTER -> "incomplete";
    };
  }

  private static String incompleteDetails(Answer answer) {
    return switch (shown(answer)) {
      case STOP, TOOL_CALLS, REFUSAL, OTHER -> "null";
      case LENGTH -> "{\"reason\":\"max_output_tokens\"}";
      case CONTENT_FILTER -> "{\"reason\":\"content_filter\"}";
    };
  }

  // A refusal that has no words of its own would look like an answer.
  private static FinishReason shown(Answer answer) {
    boolean silent = answer.parts().stream().noneMatch(Part.Refusal.class::isInstance);
    return answer.finish() == FinishReason.REFUSAL && silent
        ? FinishReason.CONTENT_FILTER
        : answer.finish();
  }

  private void write(
      JsonGenerator json, String status, String incomplete, Consumer<JsonGenerator> output) {
    json.writeStartObject();
    json.writeStringProperty("id", ResponsesRequest.responseId(callId));
    json.writeStringProperty("object", "response");
    json.writeNumberProperty("created_at", created);
    json.writeStringProperty("status", status);
    json.writeBooleanProperty("background", false);
    json.writeNullProperty("error");
    json.writeName("incomplete_details");
    json.writeRawValue(incomplete);
    writeAsked(json, "instructions", "null");
    writeAsked(json, "max_output_tokens", "null");
    writeAsked(json, "max_tool_calls", "null");
    json.writeStringProperty("model", request.model());
    json.writeArrayPropertyStart("output");
    output.accept(json);
    json.writeEndArray();
    writeAsked(json, "parallel_tool_calls", "true");
    writeAsked(json, "previous_response_id", "null");
    writeAsked(json, "reasoning", "{\"effort\":null,\"summary\":null}");
    writeAsked(json, "store", "true");
    writeAsked(json, "temperature", "null");
    writeAsked(json, "text", "{\"format\":{\"type\":\"text\"}}");
    writeAsked(json, "tool_choice", "\"auto\"");
    writeAsked(json, "tools", "[]");
    writeAsked(json, "top_logprobs", "0");
    writeAsked(json, "top_p", "null");
    writeAsked(json, "truncation", "\"disabled\"");
    writeAsked(json, "user", "null");
    writeAsked(json, "metadata", "{}");
  }

  private void writeAsked(JsonGenerator json, String name, String standard) {
    json.writeName(name);
    ResponsesRequest.value(request, name)
        .filter(value -> !value.equals(NULL))
        .ifPresentOrElse(value -> Json.writeRaw(json, value), () -> json.writeRawValue(standard));
  }
}
