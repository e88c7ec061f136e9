package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.FinishReason;
import dev.assay.wire.format.AnswerWriter;
import dev.assay.wire.json.Json;
import dev.assay.wire.sse.SseWriter;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * Writes one call's answer in Anthropic's form: whole, or as the events of a stream. The usage that
 * opens a stream is 0 throughout; the one that ends it is the answer's. For one thread.
 */
public final class MessagesAnswerWriter implements AnswerWriter {
  /** The event that ends a stream. */
  static final Bytes STOP =
      SseWriter.event("message_stop", Bytes.utf8("{\"type\":\"message_stop\"}"));

  private final String id;
  private final String model;
  private final BlockEvents blocks = new BlockEvents();
  private boolean opened;

  /**
   * A writer for a call.
   *
   * @param callId the call's identifier; the answer's is {@code msg_assay_} and its digits
   * @param model the name of the model to show
   */
  public MessagesAnswerWriter(UUID callId, String model) {
    this.id = "msg_assay_" + callId.toString().replace("-", "");
    this.model = model;
  }

  @Override
  public Bytes whole(Answer answer) {
    return Json.write(json -> {
      writeHead(json);
      AnswerBlockWriter.write(json, answer.parts());
      writeStop(json, answer.finish());
      UsageWriter.write(json, answer.details().answerUsage());
      json.writeEndObject();
    });
  }

  private void writeHead(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("id", id);
    json.writeStringProperty("type", "message");
    json.writeStringProperty("role", "assistant");
    json.writeStringProperty("model", model);
  }

  private static void writeStop(JsonGenerator json, FinishReason finish) {
    json.writeStringProperty("stop_reason", StopReasons.word(finish));
    json.writeNullProperty("stop_sequence");
  }

  private Bytes opening() {
    if (opened) {
      return Bytes.EMPTY;
    }
    opened = true;
    return event(
        "message_start",
        json -> {
          json.writeName("message");
          writeHead(json);
          json.writeArrayPropertyStart("content");
          json.writeEndArray();
          json.writeNullProperty("stop_reason");
          json.writeNullProperty("stop_sequence");
          UsageWriter.writeFirst(json);
          json.writeEndObject();
        });
  }

  @Override
  public Bytes content(Delta.Content content) {
    Bytes events = blocks.content(content);
    return events.isEmpty() ? Bytes.EMPTY : Bytes.joined(opening(), events);
  }

  @Override
  public Bytes ending(Answer answer) {
    Bytes last =
        event(
            "message_delta",
            json -> {
              json.writeObjectPropertyStart("delta");
              writeStop(json, answer.finish());
              json.writeEndObject();
              UsageWriter.writeLast(json, answer.details().answerUsage());
            });
    return Bytes.joined(opening(), blocks.ending(), last, STOP);
  }

  /**
   * An event.
   *
   * @param members writes the members behind its type
   */
  static Bytes event(String type, Consumer<JsonGenerator> members) {
    return SseWriter.event(
        type,
        Json.write(json -> {
          json.writeStartObject();
          json.writeStringProperty("type", type);
          members.accept(json);
          json.writeEndObject();
        }));
  }
}
