package dev.assay.wire.gemini;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.TokenLogprob;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerParts;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.json.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one {@code GenerateContentResponse}, a whole answer or a piece of a stream; of several
 * candidates the first. Lenient. For one thread.
 */
final class ResponseReader {
  private static final int LONGEST_ID = 28;

  private final JsonParser parser;
  private final Bytes data;
  private final AnswerParts answer;

  private @Nullable String id;
  private @Nullable String model;
  private @Nullable Usage usage;
  private @Nullable ApiError error;
  private @Nullable String finish;
  private @Nullable String blocked;
  private boolean candidate;
  private final List<PartFields> parts = new ArrayList<>(1);
  private List<TokenLogprob> logprobs = List.of();
  private final List<Piece> pieces = new ArrayList<>(1);

  /** What the response adds to the answer. */
  private sealed interface Piece {
    record Said(Delta.Content content) implements Piece {}

    record Kept(Part.Opaque part) implements Piece {}
  }

  /**
   * A reader of the object that the parser stands at the beginning of.
   *
   * @param answer gives the tool calls their places
   */
  ResponseReader(JsonParser parser, Bytes data, AnswerParts answer) {
    this.parser = parser;
    this.data = data;
    this.answer = answer;
  }

  /**
   * Reads to the end of the object.
   *
   * @param known the identifier that came before; null when none did
   */
  void read(@Nullable String known) {
    id = known;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "candidates" -> readCandidates();
        case "promptFeedback" -> blocked = memberOf("blockReason");
        case "usageMetadata" -> usage = GeminiUsageReader.read(parser);
        case "modelVersion" -> model = Fields.stringOrNull(parser);
        case "responseId" -> id = Fields.stringOrNull(parser);
        case "error" -> error = Fields.isNull(parser) ? null : GeminiErrorReader.readValue(parser);
        default -> parser.skipChildren();
      }
    }
    parts.forEach(this::take);
    addLogprobs();
  }

  // They stand behind the text; those of a call alone belong to nothing.
  private void addLogprobs() {
    if (logprobs.isEmpty()) {
      return;
    }
    int behind = pieces.size();
    while (behind > 0 && !isText(pieces.get(behind - 1))) {
      behind--;
    }
    if (behind > 0 || pieces.isEmpty()) {
      pieces.add(behind, new Piece.Said(new Delta.Content.Logprobs(logprobs)));
    }
  }

  private static boolean isText(Piece piece) {
    return piece instanceof Piece.Said(Delta.Content.Text _);
  }

  private void say(Delta.Content content) {
    pieces.add(new Piece.Said(content));
  }

  private @Nullable String memberOf(String member) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    String value = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      if (field.equals(member)) {
        value = Fields.stringOrNull(parser);
      } else {
        parser.skipChildren();
      }
    }
    return value;
  }

  private void readCandidates() {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!candidate && parser.currentToken() == JsonToken.START_OBJECT) {
        candidate = true;
        readCandidate();
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readCandidate() {
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "content" -> readContent();
        case "finishReason" -> finish = Fields.stringOrNull(parser);
        case "logprobsResult" -> logprobs = LogprobsReader.read(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private void readContent() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (field.equals("parts") && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (parser.currentToken() == JsonToken.START_OBJECT) {
            parts.add(PartFields.read(parser, data));
          } else {
            parser.skipChildren();
          }
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  // A signature belongs to the part that has it, and stands before it; but thoughts come first.
  private void take(PartFields part) {
    if (part.unknown() != null) {
      pieces.add(new Piece.Kept(new Part.Opaque(WireFormat.GEMINI, part.unknown())));
      return;
    }
    if (part.thought() && !part.text().isEmpty()) {
      say(new Delta.Content.Reasoning(part.text()));
    }
    if (part.signature() != null && !part.signature().isEmpty()) {
      say(
          new Delta.Content.Signed(
              new Signature(
                  WireFormat.GEMINI,
                  Signature.Kind.SIGNATURE,
                  part.signature(),
                  Optional.empty())));
    }
    if (!part.thought() && !part.text().isEmpty()) {
      say(new Delta.Content.Text(part.text()));
    }
    if (part.call() != null) {
      int index = answer.toolCalls();
      String callId = part.call().id();
      say(
          answer.toolCall(
              index,
              callId == null || callId.isEmpty() ? madeUp(index, part.call().name()) : callId,
              part.call().name(),
              part.call().arguments()));
    }
  }

  // The same wherever the same answer is read, and another one in every answer.
  private String madeUp(int index, String name) {
    String from = id == null || id.isEmpty() ? name : id;
    String safe = from.replaceAll("[^A-Za-z0-9_-]", "_");
    return "call_" + safe.substring(0, Math.min(safe.length(), LONGEST_ID)) + "_" + index;
  }

  @Nullable String id() {
    return id;
  }

  @Nullable String model() {
    return model;
  }

  /** The usage; null when nothing is said of it. */
  @Nullable Usage usage() {
    return usage;
  }

  @Nullable ApiError error() {
    return error;
  }

  /** The finish reason; null when there is none. */
  @Nullable String finish() {
    return finish == null || finish.isEmpty() ? null : finish;
  }

  /** Why the prompt was not answered; null when it was. */
  @Nullable String blocked() {
    return blocked;
  }

  boolean anyCandidate() {
    return candidate;
  }

  /** Whether it adds anything to the answer, understood or not. */
  boolean anyContent() {
    return !pieces.isEmpty();
  }

  /** What it adds to the answer, as far as it is understood. */
  List<Delta.Content> content() {
    List<Delta.Content> content = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Said(Delta.Content said)) {
        content.add(said);
      }
    }
    return content;
  }

  /** Adds all of it to the answer. */
  void addTo(AnswerParts whole) {
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Said(Delta.Content said) -> whole.add(said);
        case Piece.Kept(Part.Opaque part) -> whole.add(part);
      }
    }
  }
}
