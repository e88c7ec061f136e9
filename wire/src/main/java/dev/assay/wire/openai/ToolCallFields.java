package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Part;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Unread;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The fields of a tool call, or of a piece of one in a stream, as far as they are there with the
 * right type.
 *
 * @param index its place among the calls of the answer; −1 when absent
 * @param id its identifier
 * @param type such as {@code function}
 * @param name the function's name
 * @param arguments the function's arguments; an object counts as its JSON text
 * @param signature Gemini's signature of it
 */
record ToolCallFields(
    int index,
    @Nullable String id,
    @Nullable String type,
    @Nullable String name,
    @Nullable String arguments,
    @Nullable String signature) {
  private static final ToolCallFields NONE = new ToolCallFields(-1, null, null, null, null, null);

  /** Reads the object that the parser stands at the beginning of. */
  static ToolCallFields read(JsonParser parser, Bytes text) {
    return read(parser, text, null);
  }

  /**
   * Reads the object that the parser stands at the beginning of.
   *
   * @param unread takes what else there is; null for an answer
   */
  static ToolCallFields read(JsonParser parser, Bytes text, @Nullable Unread unread) {
    int index = -1;
    String id = null;
    String type = null;
    String signature = null;
    ToolCallFields function = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "index" -> index = Fields.integerOrAbsent(parser).map(Long::intValue).orElse(-1);
        case "id" -> id = Fields.stringOrNull(parser);
        case "type" -> type = Fields.stringOrNull(parser);
        case "function" -> function = readFunction(parser, text, unread);
        case ThoughtSignature.MEMBER -> signature = ThoughtSignature.read(parser, unread);
        default -> skip(parser, unread);
      }
    }
    return new ToolCallFields(
        index,
        id,
        type,
        function == null ? null : function.name,
        function == null ? null : function.arguments,
        signature == null && function != null ? function.signature : signature);
  }

  private static void skip(JsonParser parser, @Nullable Unread unread) {
    if (unread == null) {
      parser.skipChildren();
    } else {
      unread.skip(parser);
    }
  }

  /** Reads a name, arguments and a signature; the other fields stay absent. */
  static ToolCallFields readFunction(JsonParser parser, Bytes text, @Nullable Unread unread) {
    String name = null;
    String arguments = null;
    String signature = null;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return NONE;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "name" -> name = Fields.stringOrNull(parser);
        case "arguments" ->
            arguments =
                parser.currentToken() == JsonToken.START_OBJECT
                    ? Fields.raw(parser, text).utf8()
                    : Fields.stringOrNull(parser);
        // OpenAI's Java client moves a streamed call's unknown members in here.
        case ThoughtSignature.MEMBER -> signature = ThoughtSignature.read(parser, unread);
        default -> skip(parser, unread);
      }
    }
    return new ToolCallFields(-1, null, null, name, arguments, signature);
  }

  boolean isFunction() {
    return name != null && (type == null || type.equals("function"));
  }

  /** The call, for one that {@link #isFunction}; without an identifier it goes by its name. */
  private Part.ToolCall part() {
    String function = name == null ? "" : name;
    return new Part.ToolCall(
        id == null ? function : id, function, arguments == null ? "" : arguments);
  }

  /** Adds the call, for one that {@link #isFunction}, and before it what signs it. */
  void addTo(List<Part> parts) {
    if (signature != null && !signature.isEmpty()) {
      parts.add(new Part.Reasoning("", Optional.of(ThoughtSignature.of(signature))));
    }
    parts.add(part());
  }
}
