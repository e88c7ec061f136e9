package dev.assay.providers.sim;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * Makes a value that satisfies a {@link Schema}: objects, arrays, enumerations, constants, texts,
 * numbers, booleans, alternatives and references inside the schema. For one thread.
 */
final class SchemaValue {
  private static final int DEEPEST = 24;
  private static final int MOST_ELEMENTS = 1_000;
  private static final int MOST_CHARACTERS = 100_000;
  private static final int USUAL_RANGE = 100;
  private static final int USUAL_ELEMENTS = 3;

  private static final Map<String, String> FORMATS =
      Map.of(
          "date", "2026-01-15",
          "time", "09:30:00Z",
          "date-time", "2026-01-15T09:30:00Z",
          "duration", "PT15M",
          "email", "someone@example.com",
          "hostname", "example.com",
          "ipv4", "192.0.2.1",
          "ipv6", "2001:db8::1",
          "uri", "https://example.com/",
          "uuid", "00000000-0000-4000-8000-000000000000");

  private final Map<String, Schema> places;
  private final Draw draw;

  private SchemaValue(Map<String, Schema> places, Draw draw) {
    this.places = places;
    this.draw = draw;
  }

  /**
   * A value as JSON.
   *
   * @throws UnsupportedSchema when the schema uses what is not understood, or allows no value
   */
  static Bytes of(Bytes schema, Draw draw) {
    Map<String, Schema> places = SchemaReader.read(schema);
    SchemaValue value = new SchemaValue(places, draw);
    Schema whole = value.place("#", "");
    return Json.write(json -> value.write(json, whole, 0));
  }

  private void write(JsonGenerator json, Schema schema, int depth) {
    if (depth > DEEPEST) {
      throw schema.unsupported("goes on without an end");
    }
    schema
        .unknown()
        .ifPresent(keyword -> {
          throw schema.unsupported("uses '" + keyword + "', which the simulator does not know");
        });
    if (schema.reference().isPresent()) {
      write(json, place(schema.reference().get(), schema.path()), depth + 1);
    } else if (!schema.values().isEmpty()) {
      Json.writeRaw(json, draw.from(schema.values()));
    } else if (!schema.anyOf().isEmpty()) {
      // The last alternative is what ends a recursion: usually it is null.
      Schema chosen = deep(depth) ? schema.anyOf().getLast() : draw.from(schema.anyOf());
      write(json, chosen, depth + 1);
    } else {
      writeType(json, schema, depth);
    }
  }

  private void writeType(JsonGenerator json, Schema schema, int depth) {
    switch (type(schema)) {
      case "object" -> writeObject(json, schema, depth);
      case "array" -> writeArray(json, schema, depth);
      case "string" -> json.writeString(text(schema));
      case "integer" -> json.writeNumber(integer(schema));
      case "number" -> json.writeNumber(decimal(schema));
      case "boolean" -> json.writeBoolean(draw.below(2) == 0);
      case "null" -> json.writeNull();
      case String other -> throw schema.unsupported("has the unknown type '" + other + "'");
    }
  }

  private static String type(Schema schema) {
    if (!schema.types().isEmpty()) {
      return schema.types().getFirst();
    }
    if (!schema.properties().isEmpty()) {
      return "object";
    }
    throw schema.unsupported("has no type");
  }

  private void writeObject(JsonGenerator json, Schema schema, int depth) {
    for (String name : schema.required()) {
      if (!schema.properties().containsKey(name)) {
        throw schema.unsupported("requires '" + name + "' without describing it");
      }
    }
    Set<String> required = Set.copyOf(schema.required());
    json.writeStartObject();
    schema
        .properties()
        .forEach((name, property) -> {
          if (required.contains(name) || (!deep(depth) && draw.below(2) == 0)) {
            json.writeName(name);
            write(json, property, depth + 1);
          }
        });
    json.writeEndObject();
  }

  private void writeArray(JsonGenerator json, Schema schema, int depth) {
    long least = schema.bound("minItems", 0);
    long most = schema.bound("maxItems", Math.max(least, USUAL_ELEMENTS));
    long usual = deep(depth) ? least : Math.max(least, 1 + draw.below(USUAL_ELEMENTS));
    check(schema, least, most, MOST_ELEMENTS);
    long size = Math.min(usual, most);
    json.writeStartArray();
    if (size > 0) {
      Schema items =
          schema.items().orElseThrow(() -> schema.unsupported("has no 'items' to fill it with"));
      for (long i = 0; i < size; i++) {
        write(json, items, depth + 1);
      }
    }
    json.writeEndArray();
  }

  private String text(Schema schema) {
    long least = schema.bound("minLength", 0);
    long most = schema.bound("maxLength", Math.max(least, USUAL_RANGE));
    check(schema, least, most, MOST_CHARACTERS);
    if (schema.format().isPresent()) {
      return formatted(schema, schema.format().get());
    }
    StringBuilder text = new StringBuilder(Prose.words(1 + draw.below(USUAL_ELEMENTS), draw));
    while (text.length() < least) {
      text.append(' ').append(Prose.words(1, draw));
    }
    return text.substring(0, (int) Math.min(text.length(), most));
  }

  private static String formatted(Schema schema, String format) {
    String form = FORMATS.get(format);
    if (form == null) {
      throw schema.unsupported(
          "has the format '" + format + "', which the simulator does not know");
    }
    return form;
  }

  private long integer(Schema schema) {
    long least = lowest(schema).setScale(0, RoundingMode.CEILING).longValue();
    long most = highest(schema).setScale(0, RoundingMode.FLOOR).longValue();
    least += exclusive(schema, "exclusiveMinimum", least) ? 1 : 0;
    most -= exclusive(schema, "exclusiveMaximum", most) ? 1 : 0;
    if (least > most) {
      throw schema.unsupported("allows no value");
    }
    return draw.between(least, most);
  }

  private BigDecimal decimal(Schema schema) {
    BigDecimal least = lowest(schema);
    BigDecimal most = highest(schema);
    if (least.compareTo(most) > 0) {
      throw schema.unsupported("allows no value");
    }
    // Never 0 or 1, so that limits may be exclusive.
    BigDecimal share = BigDecimal.valueOf(1 + draw.below(98), 2);
    return least.add(most.subtract(least).multiply(share)).stripTrailingZeros();
  }

  private static BigDecimal lowest(Schema schema) {
    return limit(schema, "minimum", "exclusiveMinimum")
        .orElseGet(() ->
            limit(schema, "maximum", "exclusiveMaximum")
                .map(most -> most.subtract(BigDecimal.valueOf(USUAL_RANGE)))
                .orElse(BigDecimal.ZERO)
                .min(BigDecimal.ZERO));
  }

  private static BigDecimal highest(Schema schema) {
    return limit(schema, "maximum", "exclusiveMaximum")
        .orElseGet(() -> lowest(schema).add(BigDecimal.valueOf(USUAL_RANGE)));
  }

  private static Optional<BigDecimal> limit(Schema schema, String inclusive, String exclusive) {
    return Optional.ofNullable(schema.bounds().get(inclusive))
        .or(() -> Optional.ofNullable(schema.bounds().get(exclusive)));
  }

  private static boolean exclusive(Schema schema, String keyword, long limit) {
    BigDecimal bound = schema.bounds().get(keyword);
    return bound != null && bound.compareTo(BigDecimal.valueOf(limit)) == 0;
  }

  private static void check(Schema schema, long least, long most, long greatest) {
    if (least > most || most < 0) {
      throw schema.unsupported("allows no value");
    }
    if (least > greatest) {
      throw schema.unsupported("wants more than " + greatest);
    }
  }

  private Schema place(String reference, String path) {
    Schema schema = places.get(reference);
    if (schema == null) {
      throw new UnsupportedSchema(path, "refers to '" + reference + "', which it does not have");
    }
    return schema;
  }

  /** Whether it is time to come to an end: a schema that contains itself never does otherwise. */
  private static boolean deep(int depth) {
    return depth > DEEPEST / 4;
  }
}
