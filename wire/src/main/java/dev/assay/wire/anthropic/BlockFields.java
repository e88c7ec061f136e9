package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.SignatureText;
import dev.assay.wire.json.Fields;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The fields of a content block of an answer, whole, as it begins in a stream, or a piece of it, as
 * far as they are there with the right type. Lenient. For one thread.
 */
final class BlockFields {
  /** No fields. */
  static final BlockFields NONE = new BlockFields();

  private @Nullable String type;
  private @Nullable String text;
  private @Nullable String thinking;
  private @Nullable String signature;
  private @Nullable String data;
  private @Nullable String id;
  private @Nullable String name;
  private @Nullable String input;
  private @Nullable String partialJson;
  private @Nullable String stopReason;
  private @Nullable String explanation;

  private BlockFields() {}

  /** Reads the value that the parser stands on; what is no object has no fields. */
  static BlockFields read(JsonParser parser, Bytes body) {
    BlockFields fields = new BlockFields();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return fields;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      fields.readField(parser, body, field);
    }
    return fields;
  }

  private void readField(JsonParser parser, Bytes body, String field) {
    switch (field) {
      case "type" -> type = Fields.stringOrNull(parser);
      case "text" -> text = Fields.stringOrNull(parser);
      case "thinking" -> thinking = Fields.stringOrNull(parser);
      case "signature" -> signature = Fields.stringOrNull(parser);
      case "data" -> data = Fields.stringOrNull(parser);
      case "id" -> id = Fields.stringOrNull(parser);
      case "name" -> name = Fields.stringOrNull(parser);
      case "partial_json" -> partialJson = Fields.stringOrNull(parser);
      case "input" -> readInput(parser, body);
      case "stop_reason" -> stopReason = Fields.stringOrNull(parser);
      case "stop_details" -> explanation = explanation(parser);
      default -> parser.skipChildren();
    }
  }

  private void readInput(JsonParser parser, Bytes body) {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      input = Fields.raw(parser, body).utf8();
    } else {
      parser.skipChildren();
    }
  }

  /** Reads {@code stop_details}: why the model declined, in words. */
  static @Nullable String explanation(JsonParser parser) {
    String words = null;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      if (field.equals("explanation")) {
        words = Fields.stringOrNull(parser);
      } else {
        parser.skipChildren();
      }
    }
    return words;
  }

  /** The part that a whole block is; empty when there is nothing in it, or it is not understood. */
  Optional<Part> part() {
    return switch (type) {
      case "text" -> text().map(Part.Text::new);
      case "thinking" ->
          thinking == null && signature == null
              ? Optional.empty()
              : Optional.of(new Part.Reasoning(orEmpty(thinking), signature()));
      case "redacted_thinking" ->
          encrypted().map(sign -> new Part.Reasoning("", Optional.of(sign)));
      case "tool_use" ->
          Optional.of(
              new Part.ToolCall(
                  id().or(this::name).orElse(""), orEmpty(name), input == null ? "{}" : input));
      case null, default -> Optional.empty();
    };
  }

  /** Whether the block is of a type that has a canonical form. */
  boolean understood() {
    return switch (type) {
      case "text", "thinking", "redacted_thinking", "tool_use" -> true;
      case null, default -> false;
    };
  }

  String type() {
    return orEmpty(type);
  }

  Optional<String> text() {
    return Optional.ofNullable(text).filter(words -> !words.isEmpty());
  }

  Optional<String> thinking() {
    return Optional.ofNullable(thinking).filter(words -> !words.isEmpty());
  }

  /** The proof of readable thinking. */
  Optional<Signature> signature() {
    return sign(signature, Signature.Kind.SIGNATURE);
  }

  /** Thinking that only the provider can read. */
  Optional<Signature> encrypted() {
    return sign(data, Signature.Kind.ENCRYPTED);
  }

  private static Optional<Signature> sign(@Nullable String value, Signature.Kind kind) {
    return Optional.ofNullable(value)
        .filter(some -> !some.isEmpty())
        .map(some ->
            SignatureText.read(some, WireFormat.ANTHROPIC_MESSAGES, kind, Optional.empty()));
  }

  Optional<String> id() {
    return Optional.ofNullable(id).filter(some -> !some.isEmpty());
  }

  Optional<String> name() {
    return Optional.ofNullable(name).filter(some -> !some.isEmpty());
  }

  /** A piece of the arguments' JSON text. */
  String partialJson() {
    return orEmpty(partialJson);
  }

  /** The arguments; empty when there is nothing in them. */
  String input() {
    return input == null || input.matches("\\s*\\{\\s*}\\s*") ? "" : input;
  }

  Optional<String> stopReason() {
    return Optional.ofNullable(stopReason).filter(word -> !word.isEmpty());
  }

  Optional<String> explanation() {
    return Optional.ofNullable(explanation).filter(words -> !words.isEmpty());
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
