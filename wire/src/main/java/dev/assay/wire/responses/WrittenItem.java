package dev.assay.wire.responses;

import dev.assay.core.model.Delta;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.TokenLogprob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** An item of a stream that is being written, with what it has said so far. For one thread. */
abstract sealed class WrittenItem {
  final String id;
  final int index;
  private final EventLog events;

  private WrittenItem(String id, int index, EventLog events) {
    this.id = id;
    this.index = index;
    this.events = events;
  }

  /** Writes the item as it stands. */
  abstract void write(JsonGenerator json, String status);

  /** Writes the events that end what it says. */
  abstract void endParts();

  /** Writes the event that begins it. */
  final void begin() {
    writeItem("response.output_item.added", "in_progress");
  }

  /** Writes the events that end it. */
  final void end(String status) {
    endParts();
    writeItem("response.output_item.done", status);
  }

  private void writeItem(String type, String status) {
    events.add(
        type,
        json -> {
          json.writeNumberProperty("output_index", index);
          json.writeName("item");
          write(json, status);
        });
  }

  /** Writes an event about the item. */
  final void event(String type, Consumer<JsonGenerator> members) {
    events.add(
        type,
        json -> {
          json.writeStringProperty("item_id", id);
          json.writeNumberProperty("output_index", index);
          members.accept(json);
        });
  }

  /** What is said to the caller: text and refusals. */
  static final class Message extends WrittenItem {
    private final List<Part> ended = new ArrayList<>(1);
    private final StringBuilder text = new StringBuilder();
    private final List<TokenLogprob> logprobs = new ArrayList<>(0);
    private boolean partOpen;
    private boolean refusing;
    private int part = -1;

    Message(String id, int index, EventLog events) {
      super(id, index, events);
    }

    void text(String more) {
      open(false);
      text.append(more);
      writeDelta(more, List.of());
    }

    void logprobs(List<TokenLogprob> tokens) {
      open(false);
      logprobs.addAll(tokens);
      writeDelta("", tokens);
    }

    private void writeDelta(String more, List<TokenLogprob> tokens) {
      event(
          "response.output_text.delta",
          json -> {
            json.writeNumberProperty("content_index", part);
            json.writeStringProperty("delta", more);
            OutputWriter.writeLogprobs(json, tokens);
          });
    }

    void refusal(String more) {
      open(true);
      text.append(more);
      event(
          "response.refusal.delta",
          json -> {
            json.writeNumberProperty("content_index", part);
            json.writeStringProperty("delta", more);
          });
    }

    private void open(boolean refusal) {
      if (partOpen && refusing == refusal) {
        return;
      }
      endParts();
      partOpen = true;
      refusing = refusal;
      part++;
      writePart("response.content_part.added");
    }

    private void writePart(String type) {
      event(
          type,
          json -> {
            json.writeNumberProperty("content_index", part);
            json.writeName("part");
            if (refusing) {
              OutputWriter.writeRefusal(json, text.toString());
            } else {
              OutputWriter.writeText(json, text.toString(), logprobs);
            }
          });
    }

    @Override
    void endParts() {
      if (!partOpen) {
        return;
      }
      partOpen = false;
      writeDone();
      writePart("response.content_part.done");
      if (refusing) {
        ended.add(new Part.Refusal(text.toString()));
      } else {
        ended.add(new Part.Text(text.toString()));
        if (!logprobs.isEmpty()) {
          ended.add(new Part.Logprobs(logprobs));
        }
      }
      text.setLength(0);
      logprobs.clear();
    }

    private void writeDone() {
      event(
          refusing ? "response.refusal.done" : "response.output_text.done",
          json -> {
            json.writeNumberProperty("content_index", part);
            json.writeStringProperty(refusing ? "refusal" : "text", text.toString());
            if (!refusing) {
              OutputWriter.writeLogprobs(json, logprobs);
            }
          });
    }

    @Override
    void write(JsonGenerator json, String status) {
      OutputWriter.writeMessage(json, id, ended, status);
    }
  }

  /** What the model thought, as a summary of one part. */
  static final class Reasoning extends WrittenItem {
    private final StringBuilder text = new StringBuilder();
    private Optional<Signature> signature = Optional.empty();

    Reasoning(String id, int index, EventLog events) {
      super(id, index, events);
    }

    void text(String more) {
      if (text.isEmpty()) {
        writePart("response.reasoning_summary_part.added");
      }
      text.append(more);
      event(
          "response.reasoning_summary_text.delta",
          json -> {
            json.writeNumberProperty("summary_index", 0);
            json.writeStringProperty("delta", more);
          });
    }

    void sign(Signature signature) {
      this.signature = Optional.of(signature);
    }

    private void writePart(String type) {
      event(
          type,
          json -> {
            json.writeNumberProperty("summary_index", 0);
            json.writeName("part");
            OutputWriter.writeSummary(json, text.toString());
          });
    }

    @Override
    void endParts() {
      if (text.isEmpty()) {
        return;
      }
      event(
          "response.reasoning_summary_text.done",
          json -> {
            json.writeNumberProperty("summary_index", 0);
            json.writeStringProperty("text", text.toString());
          });
      writePart("response.reasoning_summary_part.done");
    }

    @Override
    void write(JsonGenerator json, String status) {
      OutputWriter.writeReasoning(json, id, new Part.Reasoning(text.toString(), signature));
    }
  }

  /** A call of a tool. */
  static final class Call extends WrittenItem {
    private final String callId;
    private final String name;
    private final StringBuilder arguments = new StringBuilder();

    Call(String id, int index, EventLog events, Delta.Content.ToolCall first) {
      super(id, index, events);
      this.name = first.name().orElse("");
      this.callId = first.id().orElse(name);
    }

    void arguments(String more) {
      if (more.isEmpty()) {
        return;
      }
      arguments.append(more);
      event(
          "response.function_call_arguments.delta",
          json -> json.writeStringProperty("delta", more));
    }

    @Override
    void endParts() {
      event(
          "response.function_call_arguments.done",
          json -> {
            json.writeStringProperty("name", name);
            json.writeStringProperty("arguments", arguments.toString());
          });
    }

    @Override
    void write(JsonGenerator json, String status) {
      OutputWriter.writeCall(
          json, id, new Part.ToolCall(callId, name, arguments.toString()), status);
    }
  }
}
