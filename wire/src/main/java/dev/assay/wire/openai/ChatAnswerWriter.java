package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerWriter;
import dev.assay.wire.json.Json;
import dev.assay.wire.sse.SseWriter;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * Writes one call's answer in OpenAI's form: whole, or as the events of a stream. For one thread.
 */
public final class ChatAnswerWriter implements AnswerWriter {
  private final String id;
  private final String model;
  private final long created;
  private final boolean usageWanted;
  private boolean opened;

  /**
   * A writer for a call.
   *
   * @param callId the call's identifier; the answer's is {@code chatcmpl-} and it
   * @param model the name of the model to show
   * @param created when the answer was made, shown to the second
   * @param usageWanted whether a stream tells the usage
   */
  public ChatAnswerWriter(UUID callId, String model, Instant created, boolean usageWanted) {
    this.id = "chatcmpl-" + callId;
    this.model = model;
    this.created = created.getEpochSecond();
    this.usageWanted = usageWanted;
  }

  @Override
  public Bytes whole(Answer answer) {
    return Json.write(json -> {
      writeHead(json, "chat.completion");
      json.writeArrayPropertyStart("choices");
      json.writeStartObject();
      json.writeNumberProperty("index", 0);
      writeMessage(json, answer.parts());
      json.writeNullProperty("logprobs");
      json.writeStringProperty("finish_reason", FinishReasons.word(answer.finish()));
      json.writeEndObject();
      json.writeEndArray();
      Usage usage = answer.details().answerUsage();
      if (UsageWriter.known(usage)) {
        UsageWriter.write(json, usage);
      }
      if (answer.details().simulated()) {
        json.writeStringProperty("system_fingerprint", "simulated");
      }
      json.writeEndObject();
    });
  }

  private static void writeMessage(JsonGenerator json, List<Part> parts) {
    json.writeObjectPropertyStart("message");
    json.writeStringProperty("role", "assistant");
    String text = Part.text(parts);
    if (text.isEmpty() && parts.stream().anyMatch(part -> !(part instanceof Part.Text))) {
      json.writeNullProperty("content");
    } else {
      json.writeStringProperty("content", text);
    }
    String refusal = refusal(parts);
    if (refusal.isEmpty()) {
      json.writeNullProperty("refusal");
    } else {
      json.writeStringProperty("refusal", refusal);
    }
    String reasoning = reasoning(parts);
    if (!reasoning.isEmpty()) {
      json.writeStringProperty("reasoning_content", reasoning);
    }
    MessageWriter.writeToolCalls(json, parts);
    json.writeEndObject();
  }

  private static String refusal(List<Part> parts) {
    StringBuilder all = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Refusal(String text)) {
        all.append(text);
      }
    }
    return all.toString();
  }

  private static String reasoning(List<Part> parts) {
    StringBuilder all = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Reasoning reasoning) {
        all.append(reasoning.text());
      }
    }
    return all.toString();
  }

  // The first event of a stream says the role and nothing else.
  private Bytes opening() {
    if (opened) {
      return Bytes.EMPTY;
    }
    opened = true;
    return chunk(json -> {
      json.writeStringProperty("role", "assistant");
      json.writeStringProperty("content", "");
    });
  }

  @Override
  public Bytes content(Delta.Content content) {
    return switch (content) {
      case Delta.Content.Signed signed -> Bytes.EMPTY;
      case Delta.Content.Logprobs logprobs -> Bytes.EMPTY;
      default -> Bytes.joined(opening(), chunk(json -> writeDelta(json, content)));
    };
  }

  @Override
  public Bytes ending(Answer answer) {
    return Bytes.joined(
        opening(),
        finish(answer.finish()),
        usageWanted ? usage(answer.details().answerUsage()) : Bytes.EMPTY,
        ChatEventWriter.DONE);
  }

  private static void writeDelta(JsonGenerator json, Delta.Content content) {
    switch (content) {
      case Delta.Content.Text(String text) -> json.writeStringProperty("content", text);
      case Delta.Content.Refusal(String text) -> json.writeStringProperty("refusal", text);
      case Delta.Content.Reasoning(String text) ->
          json.writeStringProperty("reasoning_content", text);
      case Delta.Content.ToolCall call -> writeCall(json, call);
      case Delta.Content.Signed signed -> {}
      case Delta.Content.Logprobs logprobs -> {}
    }
  }

  private static void writeCall(JsonGenerator json, Delta.Content.ToolCall call) {
    json.writeArrayPropertyStart("tool_calls");
    json.writeStartObject();
    json.writeNumberProperty("index", call.index());
    call.id()
        .ifPresent(callId -> {
          json.writeStringProperty("id", callId);
          json.writeStringProperty("type", "function");
        });
    json.writeObjectPropertyStart("function");
    call.name().ifPresent(name -> json.writeStringProperty("name", name));
    json.writeStringProperty("arguments", call.arguments());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
  }

  private Bytes finish(FinishReason reason) {
    return event(json -> {
      writeHead(json, "chat.completion.chunk");
      json.writeArrayPropertyStart("choices");
      json.writeStartObject();
      json.writeNumberProperty("index", 0);
      json.writeObjectPropertyStart("delta");
      json.writeEndObject();
      json.writeNullProperty("logprobs");
      json.writeStringProperty("finish_reason", FinishReasons.word(reason));
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  // Null when nobody knows it.
  private Bytes usage(Usage usage) {
    return event(json -> {
      writeHead(json, "chat.completion.chunk");
      json.writeArrayPropertyStart("choices");
      json.writeEndArray();
      if (UsageWriter.known(usage)) {
        UsageWriter.write(json, usage);
      } else {
        json.writeNullProperty("usage");
      }
      json.writeEndObject();
    });
  }

  private Bytes chunk(Consumer<JsonGenerator> delta) {
    return event(json -> {
      writeHead(json, "chat.completion.chunk");
      json.writeArrayPropertyStart("choices");
      json.writeStartObject();
      json.writeNumberProperty("index", 0);
      json.writeObjectPropertyStart("delta");
      delta.accept(json);
      json.writeEndObject();
      json.writeNullProperty("logprobs");
      json.writeNullProperty("finish_reason");
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private void writeHead(JsonGenerator json, String object) {
    json.writeStartObject();
    json.writeStringProperty("id", id);
    json.writeStringProperty("object", object);
    json.writeNumberProperty("created", created);
    json.writeStringProperty("model", model);
  }

  private static Bytes event(Consumer<JsonGenerator> data) {
    return SseWriter.event(Json.write(data));
  }
}
