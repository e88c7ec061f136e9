package dev.assay.wire.gemini;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.json.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A part of a content, as far as it is there with the right types.
 *
 * @param text its text; empty when there is none
 * @param thought whether it is reasoning
 * @param signature what signs it
 * @param call a tool call
 * @param unknown the whole part, when it is something else, such as an image
 */
record PartFields(
    String text,
    boolean thought,
    @Nullable String signature,
    @Nullable Call call,
    @Nullable Bytes unknown) {

  /**
   * A tool call.
   *
   * @param id its identifier
   * @param name the tool
   * @param arguments an object as JSON text
   */
  record Call(@Nullable String id, String name, String arguments) {}

  /** Reads the object that the parser stands at the beginning of. */
  static PartFields read(JsonParser parser, Bytes data) {
    String text = null;
    boolean thought = false;
    String signature = null;
    Call call = null;
    int start = Fields.start(parser);
    boolean other = false;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      JsonToken value = parser.nextToken();
      switch (field) {
        case "text" -> text = Fields.stringOrNull(parser);
        case "thought" -> {
          thought = value == JsonToken.VALUE_TRUE;
          parser.skipChildren();
        }
        case "thoughtSignature" -> signature = Fields.stringOrNull(parser);
        case "functionCall" -> call = call(parser, data);
        default -> {
          other |= value == JsonToken.START_OBJECT;
          parser.skipChildren();
        }
      }
    }
    // Beside a text or a call it only says more of them.
    boolean unknown = other && text == null && call == null;
    return new PartFields(
        text == null ? "" : text,
        thought,
        signature,
        call,
        unknown ? Fields.upTo(parser, data, start) : null);
  }

  private static @Nullable Call call(JsonParser parser, Bytes data) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    String id = null;
    String name = null;
    String arguments = "{}";
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      JsonToken value = parser.nextToken();
      switch (field) {
        case "id" -> id = Fields.stringOrNull(parser);
        case "name" -> name = Fields.stringOrNull(parser);
        case "args" -> {
          if (value == JsonToken.START_OBJECT) {
            arguments = CompactJson.of(Fields.raw(parser, data));
          } else {
            parser.skipChildren();
          }
        }
        default -> parser.skipChildren();
      }
    }
    return name == null || name.isEmpty() ? null : new Call(id, name, arguments);
  }
}
