package dev.assay.wire.json;

import dev.assay.core.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
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
      Value read = read(parser);
      return Json.write(json -> write(read, json));
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

  /** A value that was read: its members can only be put in order when all are there. */
  private sealed interface Value {
    /** An object. */
    record Members(Map<String, Value> values) implements Value {}

    /** An array. */
    record Elements(List<Value> values) implements Value {}

    /** A text. */
    record Text(String text) implements Value {}

    /** A number or a word, as it was written. */
    record Literal(String text) implements Value {}
  }

  private static Value read(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> elements(parser);
      case VALUE_STRING -> new Value.Text(parser.getString());
      default -> new Value.Literal(parser.getString());
    };
  }

  private static Value members(JsonParser parser) {
    Map<String, Value> members = new TreeMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (members.put(name, read(parser)) != null) {
        throw InvalidField.at(parser, "occurs twice: leave one out");
      }
    }
    return new Value.Members(members);
  }

  private static Value elements(JsonParser parser) {
    List<Value> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(read(parser));
    }
    return new Value.Elements(elements);
  }

  private static void write(Value value, JsonGenerator json) {
    switch (value) {
      case Value.Members(var values) -> {
        json.writeStartObject();
        values.forEach((name, member) -> {
          json.writeName(name);
          write(member, json);
        });
        json.writeEndObject();
      }
      case Value.Elements(var values) -> {
        json.writeStartArray();
        values.forEach(element -> write(element, json));
        json.writeEndArray();
      }
      case Value.Text(String text) -> json.writeString(text);
      case Value.Literal(String text) -> json.writeRawValue(text);
    }
  }
}
