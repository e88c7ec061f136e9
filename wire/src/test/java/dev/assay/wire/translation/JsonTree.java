package dev.assay.wire.translation;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** JSON values as maps, lists, texts, numbers and booleans; null is an empty {@link Optional}. */
final class JsonTree {
  private JsonTree() {}

  /** The value of a text. */
  static Object read(Bytes text) {
    try (JsonParser parser = Json.parser(text)) {
      parser.nextToken();
      return value(parser);
    }
  }

  private static Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
          parser.nextToken();
          members.put(name, value(parser));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(parser));
        }
        yield elements;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> Optional.empty();
      default -> parser.getDecimalValue();
    };
  }

  /** The value of a text without the spaces between its tokens. */
  static String compact(Bytes text) {
    return text(read(text));
  }

  /** The text of a value. */
  static String text(Object value) {
    return Json.write(json -> write(json, value)).utf8();
  }

  private static void write(JsonGenerator json, Object value) {
    switch (value) {
      case Map<?, ?> members -> {
        json.writeStartObject();
        members.forEach((name, member) -> {
          json.writeName((String) name);
          write(json, member);
        });
        json.writeEndObject();
      }
      case List<?> elements -> {
        json.writeStartArray();
        elements.forEach(element -> write(json, element));
        json.writeEndArray();
      }
      case String said -> json.writeString(said);
      case Boolean bool -> json.writeBoolean(bool);
      case Optional<?> none -> json.writeNull();
      default -> json.writeNumber((BigDecimal) value);
    }
  }
}
