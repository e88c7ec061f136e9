package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.request.Signature;
import dev.assay.wire.format.CallsInTurn;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the pieces of a streamed answer as the events of its content blocks, which follow each
 * other. For one thread.
 */
final class BlockEvents {
  /** What the block that is open holds. */
  private enum Open {
    NOTHING,
    TEXT,
    THINKING,
    TOOL
  }

  private final CallsInTurn turns = new CallsInTurn();
  private Open open = Open.NOTHING;
  private int openCall;
  private int blocks;

  /** The events that carry the next piece; empty when there is nothing to say. */
  Bytes content(Delta.Content content) {
    return written(turns.next(content));
  }

  /** The events that carry what was held back, and the end of the block that is open. */
  Bytes ending() {
    return Bytes.joined(written(turns.rest()), close());
  }

  private Bytes written(List<Delta.Content> pieces) {
    return Bytes.joined(pieces.stream().map(this::written).toArray(Bytes[]::new));
  }

  private Bytes written(Delta.Content content) {
    return switch (content) {
      case Delta.Content.Text(String text) -> text(text);
      case Delta.Content.Refusal(String text) -> text(text);
      case Delta.Content.Reasoning(String text) -> thinking(text);
      case Delta.Content.Signed(Signature signature) -> signed(signature);
      case Delta.Content.ToolCall call -> toolCall(call);
      case Delta.Content.Logprobs logprobs -> Bytes.EMPTY;
    };
  }

  private Bytes text(String text) {
    if (text.isEmpty()) {
      return Bytes.EMPTY;
    }
    Bytes start = open(Open.TEXT, json -> writeEmpty(json, "text", "text"));
    return Bytes.joined(start, delta(blocks - 1, "text_delta", "text", text));
  }

  private Bytes thinking(String text) {
    if (text.isEmpty()) {
      return Bytes.EMPTY;
    }
    return Bytes.joined(openThinking(), delta(blocks - 1, "thinking_delta", "thinking", text));
  }

  private Bytes openThinking() {
    return open(
        Open.THINKING,
        json -> {
          writeEmpty(json, "thinking", "thinking");
          json.writeStringProperty("signature", "");
        });
  }

  private static void writeEmpty(JsonGenerator json, String type, String member) {
    json.writeStringProperty("type", type);
    json.writeStringProperty(member, "");
  }

  private Bytes signed(Signature signature) {
    if (AnswerBlockWriter.standsAlone(signature, open != Open.THINKING)) {
      Bytes before = close();
      return Bytes.joined(
          before, start(json -> AnswerBlockWriter.writeRedacted(json, signature)), stop());
    }
    Bytes start = openThinking();
    String text = AnswerBlockWriter.text(signature);
    Bytes proof = delta(blocks - 1, "signature_delta", "signature", text);
    return Bytes.joined(start, proof, close());
  }

  private Bytes toolCall(Delta.Content.ToolCall call) {
    Bytes start = open == Open.TOOL && openCall == call.index() ? Bytes.EMPTY : startTool(call);
    return call.arguments().isEmpty()
        ? start
        : Bytes.joined(
            start, delta(blocks - 1, "input_json_delta", "partial_json", call.arguments()));
  }

  private Bytes startTool(Delta.Content.ToolCall call) {
    String name = call.name().orElse("");
    Bytes before = close();
    Bytes start =
        start(json -> {
          json.writeStringProperty("type", "tool_use");
          json.writeStringProperty("id", call.id().orElse(name));
          json.writeStringProperty("name", name);
          json.writeObjectPropertyStart("input");
          json.writeEndObject();
        });
    openCall = call.index();
    open = Open.TOOL;
    return Bytes.joined(before, start);
  }

  private Bytes open(Open kind, Consumer<JsonGenerator> block) {
    if (open == kind) {
      return Bytes.EMPTY;
    }
    Bytes before = close();
    open = kind;
    return Bytes.joined(before, start(block));
  }

  private Bytes start(Consumer<JsonGenerator> block) {
    int index = blocks++;
    return MessagesAnswerWriter.event(
        "content_block_start",
        json -> {
          json.writeNumberProperty("index", index);
          json.writeObjectPropertyStart("content_block");
          block.accept(json);
          json.writeEndObject();
        });
  }

  private static Bytes delta(int block, String type, String member, String value) {
    return MessagesAnswerWriter.event(
        "content_block_delta",
        json -> {
          json.writeNumberProperty("index", block);
          json.writeObjectPropertyStart("delta");
          json.writeStringProperty("type", type);
          json.writeStringProperty(member, value);
          json.writeEndObject();
        });
  }

  // Empty when no block is open.
  private Bytes close() {
    if (open == Open.NOTHING) {
      return Bytes.EMPTY;
    }
    open = Open.NOTHING;
    return stop();
  }

  private Bytes stop() {
    int index = blocks - 1;
    return MessagesAnswerWriter.event(
        "content_block_stop", json -> json.writeNumberProperty("index", index));
  }
}
