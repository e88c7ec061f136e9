package dev.assay.providers.sim;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.json.Json;
import dev.assay.wire.json.JsonFault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a JSON Schema. For one thread and one schema. */
final class SchemaReader {
  // They say nothing about the values that are allowed, or restrict only what is never made.
  private static final Set<String> IGNORED =
      Set.of(
          "$schema",
          "$id",
          "$comment",
          "title",
          "description",
          "default",
          "examples",
          "deprecated",
          "readOnly",
          "writeOnly",
          "additionalProperties");

  private static final Set<String> BOUNDS =
      Set.of(
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems");

  private final Bytes text;
  private final JsonParser parser;
  private final Map<String, Schema> places = new LinkedHashMap<>();

  private SchemaReader(Bytes text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  /**
   * A schema and those inside it, by place as in {@code $ref}; the outermost is at {@code #}.
   *
   * @throws UnsupportedSchema when it is not a JSON object of the form of a schema
   */
  static Map<String, Schema> read(Bytes text) {
    try (JsonParser parser = Json.parser(text)) {
      SchemaReader reader = new SchemaReader(text, parser);
      parser.nextToken();
      reader.schema("#", "");
      return reader.places;
    } catch (JacksonException malformed) {
      throw new UnsupportedSchema("", JsonFault.text(malformed));
    }
  }

  private Schema schema(String place, String path) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new UnsupportedSchema(path, "is not an object");
    }
    Keywords keywords = new Keywords(place, path);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String keyword = parser.currentName();
      parser.nextToken();
      keywords.read(keyword);
    }
    Schema schema = keywords.schema();
    places.put(place, schema);
    return schema;
  }

  /** The keywords of one schema. */
  private final class Keywords {
    private final String place;
    private final String path;
    private final Map<String, BigDecimal> bounds = new LinkedHashMap<>();
    private List<String> types = List.of();
    private List<Bytes> values = List.of();
    private Map<String, Schema> properties = Map.of();
    private List<String> required = List.of();
    private List<Schema> anyOf = List.of();
    private @Nullable Schema items;
    private @Nullable String reference;
    private @Nullable String format;
    private @Nullable String unknown;

    Keywords(String place, String path) {
      this.place = place;
      this.path = path;
    }

    void read(String keyword) {
      if (BOUNDS.contains(keyword)) {
        bounds.put(keyword, number(keyword));
        return;
      }
      switch (keyword) {
        case "type" -> types = texts(keyword);
        case "const" -> values = List.of(raw());
        case "enum" -> values = rawElements(keyword);
        case "properties" -> properties = schemas(keyword);
        case "$defs", "definitions" -> schemas(keyword);
        case "required" -> required = texts(keyword);
        case "items" -> items = schema(place + "/items", path + ".items");
        case "anyOf" -> anyOf = alternatives();
        case "$ref" -> reference = text(keyword);
        case "format" -> format = text(keyword);
        default -> {
          unknown = IGNORED.contains(keyword) ? unknown : keyword;
          parser.skipChildren();
        }
      }
    }

    Schema schema() {
      return new Schema(
          path,
          types,
          values,
          properties,
          required,
          Optional.ofNullable(items),
          bounds,
          anyOf,
          Optional.ofNullable(reference),
          Optional.ofNullable(format),
          Optional.ofNullable(unknown));
    }

    private Schema schema(String innerPlace, String innerPath) {
      return SchemaReader.this.schema(innerPlace, innerPath);
    }

    private Map<String, Schema> schemas(String keyword) {
      require(keyword, JsonToken.START_OBJECT, "an object");
      Map<String, Schema> schemas = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        String inner = path + "." + keyword + "." + name;
        schemas.put(name, schema(place + "/" + keyword + "/" + name, inner));
      }
      return schemas;
    }

    private List<Schema> alternatives() {
      require("anyOf", JsonToken.START_ARRAY, "an array");
      List<Schema> schemas = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int index = schemas.size();
        schemas.add(schema(place + "/anyOf/" + index, path + ".anyOf[" + index + "]"));
      }
      return schemas;
    }

    private List<String> texts(String keyword) {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        return List.of(parser.getString());
      }
      require(keyword, JsonToken.START_ARRAY, "a text or an array of texts");
      List<String> texts = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        texts.add(text(keyword));
      }
      return texts;
    }

    private String text(String keyword) {
      require(keyword, JsonToken.VALUE_STRING, "a text");
      return parser.getString();
    }

    private BigDecimal number(String keyword) {
      if (!parser.currentToken().isNumeric()) {
        throw new UnsupportedSchema(path + "." + keyword, "must be a number");
      }
      return parser.getDecimalValue();
    }

    private List<Bytes> rawElements(String keyword) {
      require(keyword, JsonToken.START_ARRAY, "an array");
      List<Bytes> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(raw());
      }
      if (elements.isEmpty()) {
        throw new UnsupportedSchema(path + ".enum", "allows no value");
      }
      return elements;
    }

    private Bytes raw() {
      int start = (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      parser.finishToken();
      return text.slice(start, (int) parser.currentLocation().getByteOffset());
    }

    private void require(String keyword, JsonToken token, String what) {
      if (parser.currentToken() != token) {
        throw new UnsupportedSchema(path + "." + keyword, "must be " + what);
      }
    }
  }
}
