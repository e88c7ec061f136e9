package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Json;
import dev.assay.wire.json.JsonFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the body of an answer in one piece. Lenient: a field with a wrong type counts as absent;
 * only a body that is no JSON object with a choice in it is malformed.
 */
public final class ChatAnswerReader {
  private final Bytes body;
  private final JsonParser parser;

  private @Nullable String id;
  private @Nullable String model;
  private @Nullable Usage usage;
  private @Nullable ApiError error;
  private boolean choice;
  private @Nullable String finish;
  private @Nullable String reasoning;
  private List<Part.Reasoning> details = List.of();
  private List<Part> content = List.of();
  private @Nullable String refusal;
  private Logprobs logprobs = Logprobs.NONE;
  private List<Part> toolCalls = List.of();

  private ChatAnswerReader(Bytes body, JsonParser parser) {
    this.body = body;
    this.parser = parser;
  }

  /** Reads a body. */
  public static AnswerRead read(Bytes body) {
    try (JsonParser parser = Json.parser(body)) {
      return new ChatAnswerReader(body, parser).read();
    } catch (JacksonException malformed) {
      return new AnswerRead.Malformed(JsonFault.text(malformed));
    }
  }

  private AnswerRead read() {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return new AnswerRead.Malformed("is not a JSON object");
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      readMember(field);
    }
    if (parser.nextToken() != null) {
      return new AnswerRead.Malformed("does not end behind its JSON object");
    }
    if (error != null) {
      return new AnswerRead.Failed(error);
    }
    return choice ? completion() : new AnswerRead.Malformed("has no choice with a message");
  }

  private void readMember(String field) {
    switch (field) {
      case "id" -> id = Fields.stringOrNull(parser);
      case "model" -> model = Fields.stringOrNull(parser);
      case "choices" -> readChoices();
      case "usage" -> usage = UsageReader.read(parser);
      case "error" -> error = Fields.isNull(parser) ? null : ChatErrorReader.readValue(parser);
      default -> parser.skipChildren();
    }
  }

  private void readChoices() {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!choice && parser.currentToken() == JsonToken.START_OBJECT) {
        readChoice();
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readChoice() {
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "finish_reason" -> finish = Fields.stringOrNull(parser);
        case "message" -> readMessage();
        case "logprobs" -> logprobs = Logprobs.read(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private void readMessage() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    choice = true;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "content" -> content = content();
        case "refusal" -> refusal = Fields.stringOrNull(parser);
        case "reasoning_content", "reasoning" -> readReasoning();
        case ReasoningDetails.MEMBER -> details = ReasoningDetails.read(parser);
        case "tool_calls" -> toolCalls = toolCalls();
        case "function_call" -> readFunctionCall();
        default -> parser.skipChildren();
      }
    }
  }

  // Some providers give both names.
  private void readReasoning() {
    String text = Fields.stringOrNull(parser);
    reasoning = text == null ? reasoning : text;
  }

  private List<Part> content() {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> {
        String text = parser.getString();
        yield text.isEmpty() ? List.of() : List.of(new Part.Text(text));
      }
      case START_ARRAY -> new PartReader(parser, body, null).array();
      default -> {
        parser.skipChildren();
        yield List.of();
      }
    };
  }

  private List<Part> toolCalls() {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return toolCalls;
    }
    List<Part> calls = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      readToolCall(calls);
    }
    return calls;
  }

  private void readToolCall(List<Part> calls) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      calls.add(new Part.Opaque(WireFormat.OPENAI_CHAT, Fields.raw(parser, body)));
      return;
    }
    int start = Fields.start(parser);
    ToolCallFields call = ToolCallFields.read(parser, body);
    if (call.isFunction()) {
      call.addTo(calls);
    } else {
      calls.add(new Part.Opaque(WireFormat.OPENAI_CHAT, Fields.upTo(parser, body, start)));
    }
  }

  private void readFunctionCall() {
    if (Fields.isNull(parser)) {
      return;
    }
    ToolCallFields call = ToolCallFields.readFunction(parser, body, null);
    if (call.isFunction()) {
      toolCalls = new ArrayList<>();
      call.addTo(toolCalls);
    }
  }

  private AnswerRead.Completion completion() {
    List<Part> parts = new ArrayList<>();
    // The details say the same with more; but some have no readable text.
    boolean readable = details.stream().anyMatch(detail -> !detail.text().isEmpty());
    if (!readable && reasoning != null && !reasoning.isEmpty()) {
      parts.add(new Part.Reasoning(reasoning, Optional.empty()));
    }
    parts.addAll(details);
    parts.addAll(content);
    if (!logprobs.content().isEmpty() && content.stream().anyMatch(Part.Text.class::isInstance)) {
      parts.add(new Part.Logprobs(logprobs.content()));
    }
    if (refusal != null && !refusal.isEmpty()) {
      parts.add(new Part.Refusal(refusal));
      if (!logprobs.refusal().isEmpty()) {
        parts.add(new Part.Logprobs(logprobs.refusal()));
      }
    }
    parts.addAll(toolCalls);
    return new AnswerRead.Completion(
        Optional.ofNullable(id),
        Optional.ofNullable(model),
        parts,
        FinishReasons.of(finish, parts),
        usage == null ? Usage.ABSENT : usage);
  }
}
