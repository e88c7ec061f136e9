package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.request.Signature;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the pieces of a streamed answer as the events of its content blocks, which follow each
 * other. A late piece of a tool call whose block has ended still goes to that block. For one
 * thread.
 */
final class BlockEvents {
  /** What the block that is open holds. */
  private enum Open {
    NOTHING,
    TEXT,
    THINKING,
    TOOL
  }

  /** A tool call; its block begins when its name is known. */
  private static final class Tool {
    private final StringBuilder early = new StringBuilder(0);
    private String id = "";
    private int block = -1;
  }

  private final Map<Integer, Tool> tools = new HashMap<>(4);
  private Open open = Open.NOTHING;
  private int blocks;

  /** The events that carry the next piece; empty when there is nothing to say. */
  Bytes content(Delta.Content content) {
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
    Tool tool = tools.computeIfAbsent(call.index(), index -> new Tool());
    call.id().ifPresent(id -> tool.id = id);
    tool.early.append(call.arguments());
    if (tool.block < 0 && call.name().isEmpty()) {
      return Bytes.EMPTY;
    }
    Bytes start = Bytes.EMPTY;
    if (tool.block < 0) {
      start = startTool(tool, call.name().orElseThrow());
    }
    String arguments = tool.early.toString();
    tool.early.setLength(0);
    return arguments.isEmpty()
        ? start
        : Bytes.joined(start, delta(tool.block, "input_json_delta", "partial_json", arguments));
  }

  private Bytes startTool(Tool tool, String name) {
    Bytes before = close();
    Bytes start =
        start(json -> {
          json.writeStringProperty("type", "tool_use");
          json.writeStringProperty("id", tool.id.isEmpty() ? name : tool.id);
          json.writeStringProperty("name", name);
          json.writeObjectPropertyStart("input");
          json.writeEndObject();
        });
    tool.block = blocks - 1;
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

  /** The end of the block that is open; empty when there is none. */
  Bytes close() {
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
