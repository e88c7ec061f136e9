package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.outcome.Answer;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.TokenLogprob;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerWriter;
import dev.assay.wire.json.Json;
import dev.assay.wire.sse.SseWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes one call's answer in OpenAI's form: whole, or as the events of a stream. For one thread.
 *
 * <p>Reasoning stands in {@code reasoning_content}; with a signature, and in a stream always, also
 * in {@code reasoning_details}, since whether a signature comes shows only behind it.
 */
public final class ChatAnswerWriter implements AnswerWriter {
  private final String id;
  private final String model;
  private final long created;
  private final boolean usageWanted;
  private boolean opened;
  private boolean refused;
  private int reasoningIndex;
  // The number of the last reasoning that had a text; -1 while none had.
  private int lastText = -1;
  private @Nullable Signature held;

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
      Logprobs.of(answer.parts()).write(json);
      json.writeStringProperty(
          "finish_reason", FinishReasons.word(answer.finish(), answer.parts()));
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
    String reasoning = ReasoningParts.text(parts);
    if (!reasoning.isEmpty()) {
      json.writeStringProperty("reasoning_content", reasoning);
    }
    List<Part.Reasoning> apart = ReasoningParts.apart(parts);
    if (ReasoningParts.signed(apart)) {
      ReasoningDetails.write(json, apart, true);
    }
    MessageWriter.writeToolCalls(json, parts, true);
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
      case Delta.Content.Signed(Signature signature) when ReasoningParts.ofGemini(signature) -> {
        Bytes before = heldBack();
        held = signature;
        yield before;
      }
      case Delta.Content.Signed(Signature signature) ->
          Bytes.joined(heldBack(), opening(), signed(signature));
      case Delta.Content.Logprobs(List<TokenLogprob> tokens) ->
          Bytes.joined(heldBack(), opening(), logprobs(tokens));
      case Delta.Content.ToolCall call when call.id().isPresent() ->
          Bytes.joined(opening(), call(call));
      default -> Bytes.joined(heldBack(), opening(), chunk(json -> writeDelta(json, content)));
    };
  }

  @Override
  public Bytes ending(Answer answer) {
    return Bytes.joined(
        heldBack(),
        opening(),
        finish(answer),
        usageWanted ? usage(answer.details().answerUsage()) : Bytes.EMPTY,
        ChatEventWriter.DONE);
  }

  // A signature of Gemini's stands with the tool call behind it, if there is one.
  private Bytes heldBack() {
    Signature signature = held;
    held = null;
    return signature == null ? Bytes.EMPTY : Bytes.joined(opening(), signed(signature));
  }

  private Bytes call(Delta.Content.ToolCall call) {
    Signature signature = held;
    held = null;
    return chunk(json -> writeCall(json, call, signature));
  }

  private Bytes signed(Signature signature) {
    Part.Reasoning piece = new Part.Reasoning("", Optional.of(signature));
    int index = reasoningIndex++;
    return chunk(json -> ReasoningDetails.writePiece(json, piece, index));
  }

  private Bytes logprobs(List<TokenLogprob> tokens) {
    Logprobs logprobs = refused ? new Logprobs(List.of(), tokens) : new Logprobs(tokens, List.of());
    return chunk(json -> {}, logprobs);
  }

  private void writeDelta(JsonGenerator json, Delta.Content content) {
    switch (content) {
      case Delta.Content.Text(String text) -> {
        refused = false;
        json.writeStringProperty("content", text);
      }
      case Delta.Content.Refusal(String text) -> {
        refused = true;
        json.writeStringProperty("refusal", text);
      }
      case Delta.Content.Reasoning(String text) -> {
        boolean next = lastText >= 0 && lastText != reasoningIndex;
        lastText = reasoningIndex;
        json.writeStringProperty("reasoning_content", next ? ReasoningParts.BETWEEN + text : text);
        ReasoningDetails.writePiece(
            json, new Part.Reasoning(text, Optional.empty()), reasoningIndex);
      }
      case Delta.Content.ToolCall call -> writeCall(json, call, null);
      case Delta.Content.Signed signed -> {}
      case Delta.Content.Logprobs logprobs -> {}
    }
  }

  private static void writeCall(
      JsonGenerator json, Delta.Content.ToolCall call, @Nullable Signature signature) {
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
    if (signature != null) {
      ThoughtSignature.write(json, signature);
    }
    json.writeEndObject();
    json.writeEndArray();
  }

  private Bytes finish(Answer answer) {
    return event(json -> {
      writeHead(json, "chat.completion.chunk");
      json.writeArrayPropertyStart("choices");
      json.writeStartObject();
      json.writeNumberProperty("index", 0);
      json.writeObjectPropertyStart("delta");
      json.writeEndObject();
      json.writeNullProperty("logprobs");
      json.writeStringProperty(
          "finish_reason", FinishReasons.word(answer.finish(), answer.parts()));
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
    return chunk(delta, Logprobs.NONE);
  }

  private Bytes chunk(Consumer<JsonGenerator> delta, Logprobs logprobs) {
    return event(json -> {
      writeHead(json, "chat.completion.chunk");
      json.writeArrayPropertyStart("choices");
      json.writeStartObject();
      json.writeNumberProperty("index", 0);
      json.writeObjectPropertyStart("delta");
      delta.accept(json);
      json.writeEndObject();
      logprobs.write(json);
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
