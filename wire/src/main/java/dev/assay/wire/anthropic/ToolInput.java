package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Writes tool calls, whose arguments are an object here and a text elsewhere. Nothing at all is an
 * empty object; a text that is no JSON object, such as one that the output's cap cut, becomes the
 * member {@code arguments} of one, so that the model still sees what was called.
 */
final class ToolInput {
  private ToolInput() {}

  /** Writes the member {@code input}. */
  static void write(JsonGenerator json, String arguments) {
    if (arguments.isBlank()) {
      json.writeObjectPropertyStart("input");
      json.writeEndObject();
      return;
    }
    Bytes text = Bytes.utf8(arguments);
    if (isObject(text)) {
      json.writeName("input");
      Json.writeRaw(json, text);
      return;
    }
    json.writeObjectPropertyStart("input");
    json.writeStringProperty("arguments", arguments);
    json.writeEndObject();
  }

  private static boolean isObject(Bytes text) {
    try (JsonParser parser = Json.parser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException malformed) {
      return false;
    }
  }
}
