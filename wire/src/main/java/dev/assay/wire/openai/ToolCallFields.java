package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Part;
import dev.assay.wire.json.Fields;
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
 */
record ToolCallFields(
    int index,
    @Nullable String id,
    @Nullable String type,
    @Nullable String name,
    @Nullable String arguments) {

  /** Reads the object that the parser stands at the beginning of. */
  static ToolCallFields read(JsonParser parser, Bytes text) {
    int index = -1;
    String id = null;
    String type = null;
    ToolCallFields function = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "index" -> index = Fields.integerOrAbsent(parser).map(Long::intValue).orElse(-1);
        case "id" -> id = Fields.stringOrNull(parser);
        case "type" -> type = Fields.stringOrNull(parser);
        case "function" -> function = readFunction(parser, text);
        default -> parser.skipChildren();
      }
    }
    return new ToolCallFields(
        index,
        id,
        type,
        function == null ? null : function.name,
        function == null ? null : function.arguments);
  }

  /** Reads a name and arguments; the other fields stay absent. */
  static ToolCallFields readFunction(JsonParser parser, Bytes text) {
    String name = null;
    String arguments = null;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return new ToolCallFields(-1, null, null, null, null);
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
        default -> parser.skipChildren();
      }
    }
    return new ToolCallFields(-1, null, null, name, arguments);
  }

  boolean isFunction() {
    return name != null && (type == null || type.equals("function"));
  }

  /** The call, for one that {@link #isFunction}; without an identifier it goes by its name. */
  Part.ToolCall part() {
    String function = name == null ? "" : name;
    return new Part.ToolCall(
        id == null ? function : id, function, arguments == null ? "" : arguments);
  }
}
