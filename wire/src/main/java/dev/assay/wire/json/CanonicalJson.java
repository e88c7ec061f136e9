package dev.assay.wire.json;

import dev.assay.core.bytes.Bytes;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One form for JSON values that say the same: members sorted by name, no white space, texts escaped
 * in one way, numbers as they were written.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /**
   * The canonical form of a value.
   *
   * @param value one well-formed JSON value
   * @throws InvalidField when an object in it has a name twice: it could say two things
   */
  public static Bytes of(Bytes value) {
    try (JsonParser parser = Json.parser(value)) {
      parser.nextToken();
      return read(parser);
    }
  }

  /** An object of members that are canonical themselves. */
  public static Bytes object(Map<String, Bytes> members) {
    return Json.write(json -> {
      json.writeStartObject();
      new TreeMap<>(members)
          .forEach((name, member) -> {
            json.writeName(name);
            Json.writeRaw(json, member);
          });
      json.writeEndObject();
    });
  }

  private static Bytes read(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> Json.write(json -> array(parser, json));
      case VALUE_STRING -> Json.write(json -> json.writeString(parser.getString()));
      default -> Bytes.utf8(parser.getString());
    };
  }

  private static Bytes object(JsonParser parser) {
    Map<String, Bytes> members = new TreeMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (members.put(name, read(parser)) != null) {
        throw InvalidField.at(parser, "occurs twice: leave one out");
      }
    }
    return object(members);
  }

  private static void array(JsonParser parser, JsonGenerator json) {
    json.writeStartArray();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Json.writeRaw(json, read(parser));
    }
    json.writeEndArray();
  }
}
