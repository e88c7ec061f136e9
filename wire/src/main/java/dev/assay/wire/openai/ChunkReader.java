package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.request.Part;
import dev.assay.core.request.TokenLogprob;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerParts;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.json.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one {@code chat.completion.chunk}. Lenient. For one thread. */
final class ChunkReader {
  private final JsonParser parser;
  private final Bytes data;
  private final AnswerParts answer;

  private @Nullable String id;
  private @Nullable String model;
  private @Nullable String finish;
  private @Nullable Usage usage;
  private @Nullable ApiError error;
  private final List<Delta.Content> content = new ArrayList<>(1);
  private boolean anyChoice;
  private boolean anyFinish;
  private boolean anyUnknown;

  // Of the choice that is being read.
  private long index;
  private @Nullable String choiceFinish;
  private final List<Delta.Content> pieces = new ArrayList<>(1);
  private final List<ToolCallFields> calls = new ArrayList<>(0);
  private List<Part.Reasoning> details = List.of();
  private Logprobs logprobs = Logprobs.NONE;
  // Behind the piece with the reasoning; 0 while there is none.
  private int reasoned;
  private boolean unknown;

  /**
   * A reader of the chunk that the parser stands at the beginning of.
   *
   * @param answer gives the pieces of tool calls their places
   */
  ChunkReader(JsonParser parser, Bytes data, AnswerParts answer) {
    this.parser = parser;
    this.data = data;
    this.answer = answer;
  }

  void read() {
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "id" -> id = Fields.stringOrNull(parser);
        case "model" -> model = Fields.stringOrNull(parser);
        case "choices" -> readChoices();
        case "usage" -> usage = UsageReader.read(parser);
        case "error" -> error = Fields.isNull(parser) ? null : ChatErrorReader.readValue(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private void readChoices() {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        anyChoice = true;
        readChoice();
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readChoice() {
    index = 0;
    choiceFinish = null;
    pieces.clear();
    calls.clear();
    details = List.of();
    logprobs = Logprobs.NONE;
    reasoned = 0;
    unknown = false;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "index" -> index = Fields.integerOrAbsent(parser).orElse(0L);
        case "delta" -> readDelta();
        case "finish_reason" -> choiceFinish = Fields.stringOrNull(parser);
        case "logprobs" -> logprobs = Logprobs.read(parser);
        default -> parser.skipChildren();
      }
    }
    takeChoice();
  }

  private void takeChoice() {
    // Some servers write "" where OpenAI writes null.
    boolean ended = choiceFinish != null && !choiceFinish.isEmpty();
    anyFinish |= ended;
    addDetails();
    addLogprobs();
    if (index == 0) {
      finish = ended ? choiceFinish : finish;
      content.addAll(pieces);
      calls.forEach(this::takeCall);
    } else {
      unknown |= !pieces.isEmpty() || !calls.isEmpty();
    }
    anyUnknown |= unknown;
  }

  private void takeCall(ToolCallFields call) {
    if (call.signature() != null && !call.signature().isEmpty()) {
      content.add(new Delta.Content.Signed(ThoughtSignature.of(call.signature())));
    }
    content.add(answer.toolCall(call.index(), call.id(), call.name(), call.arguments()));
  }

  // The details say the reasoning of the same delta once more; they stand where it stands.
  private void addDetails() {
    // Their text has no blank line that only sets it apart from the reasoning before.
    int at = reasoned;
    if (reasoned > 0 && details.stream().anyMatch(detail -> !detail.text().isEmpty())) {
      pieces.remove(--at);
      reasoned = 0;
    }
    for (Part.Reasoning detail : details) {
      if (reasoned == 0 && !detail.text().isEmpty()) {
        pieces.add(at++, new Delta.Content.Reasoning(detail.text()));
      }
      if (detail.signature().isPresent()) {
        pieces.add(at++, new Delta.Content.Signed(detail.signature().get()));
      }
    }
  }

  // Some servers tell of the tokens of reasoning and tool calls too.
  private void addLogprobs() {
    List<TokenLogprob> tokens =
        logprobs.content().isEmpty() ? logprobs.refusal() : logprobs.content();
    if (!tokens.isEmpty() && reasoned == 0 && details.isEmpty() && calls.isEmpty()) {
      pieces.add(new Delta.Content.Logprobs(tokens));
    }
  }

  private void readDelta() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "role" -> parser.skipChildren();
        case "content" -> readContent();
        case "refusal" -> piece(Delta.Content.Refusal::new);
        case "reasoning_content", "reasoning" -> readReasoning();
        case ReasoningDetails.MEMBER -> details = ReasoningDetails.read(parser);
        case "tool_calls" -> readToolCalls();
        case "function_call" -> readFunctionCall();
        default -> readUnknown();
      }
    }
  }

  private boolean piece(Function<String, Delta.Content> form) {
    String text = Fields.stringOrNull(parser);
    if (text == null || text.isEmpty()) {
      return false;
    }
    pieces.add(form.apply(text));
    return true;
  }

  private void readContent() {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      piece(Delta.Content.Text::new);
      return;
    }
    for (Part part : new PartReader(parser, data, null).array()) {
      if (part instanceof Part.Text(String text)) {
        pieces.add(new Delta.Content.Text(text));
      } else {
        unknown = true;
      }
    }
  }

  // Some servers say the same under both names.
  private void readReasoning() {
    if (reasoned > 0) {
      parser.skipChildren();
    } else if (piece(Delta.Content.Reasoning::new)) {
      reasoned = pieces.size();
    }
  }

  private void readToolCalls() {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        calls.add(ToolCallFields.read(parser, data));
      } else {
        parser.skipChildren();
      }
    }
  }

  // The form that came before tool_calls: one call, without index and identifier.
  private void readFunctionCall() {
    ToolCallFields call = ToolCallFields.readFunction(parser, data, null);
    if (call.name() != null || call.arguments() != null) {
      calls.add(call);
    }
  }

  private void readUnknown() {
    switch (parser.currentToken()) {
      case VALUE_STRING -> unknown |= !parser.getString().isEmpty();
      case START_OBJECT, START_ARRAY -> unknown |= Fields.raw(parser, data).length() > 2;
      default -> {}
    }
  }

  @Nullable String id() {
    return id;
  }

  @Nullable String model() {
    return model;
  }

  /** The finish reason of the first choice. */
  @Nullable String finish() {
    return finish;
  }

  /** The usage; null when the chunk says nothing of it. */
  @Nullable Usage usage() {
    return usage;
  }

  @Nullable ApiError error() {
    return error;
  }

  /** Whether it adds anything to any choice, understood or not. */
  boolean anyContent() {
    return anyUnknown || !content.isEmpty();
  }

  /** What the chunk adds to the first choice. */
  List<Delta.Content> content() {
    return content;
  }

  boolean anyChoice() {
    return anyChoice;
  }

  /** Whether any choice has ended. */
  boolean anyFinish() {
    return anyFinish;
  }
}
