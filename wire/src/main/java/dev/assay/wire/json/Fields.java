package dev.assay.wire.json;

import dev.assay.core.bytes.Bytes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;

/**
 * Reads the value that a parser stands on: strictly, where a wrong type throws {@link
 * InvalidField}; or leniently, where it counts as absent.
 */
public final class Fields {
  private Fields() {}

  /** Whether it is {@code null}. */
  public static boolean isNull(JsonParser parser) {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** A text. */
  public static String string(JsonParser parser) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw InvalidField.type(parser, "a string");
    }
    return parser.getString();
  }

  /** A text; absent when it is null. */
  public static Optional<String> optionalString(JsonParser parser) {
    return isNull(parser) ? Optional.empty() : Optional.of(string(parser));
  }

  /** A truth value. */
  public static boolean bool(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw InvalidField.type(parser, "a boolean");
    };
  }

  /** A truth value; absent when it is null. */
  public static Optional<Boolean> optionalBool(JsonParser parser) {
    return isNull(parser) ? Optional.empty() : Optional.of(bool(parser));
  }

  /** A number of a range, both ends included; absent when it is null. */
  public static Optional<Double> optionalNumber(JsonParser parser, double least, double most) {
    if (isNull(parser)) {
      return Optional.empty();
    }
    if (!parser.currentToken().isNumeric()) {
      throw InvalidField.type(parser, "a number");
    }
    double number = parser.getDoubleValue();
    if (!(number >= least && number <= most)) {
      String range =
          most == Double.MAX_VALUE ? "at least " + least : "between " + least + " and " + most;
      throw InvalidField.at(parser, "must be a number of " + range);
    }
    return Optional.of(number);
  }

  /** A whole number, also when it is written like 3.0; absent when it is null or beyond 64 bits. */
  public static Optional<Long> optionalInteger(JsonParser parser) {
    if (isNull(parser)) {
      return Optional.empty();
    }
    if (!parser.currentToken().isNumeric()) {
      throw InvalidField.type(parser, "a whole number");
    }
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT
        && parser.getDoubleValue() != Math.rint(parser.getDoubleValue())) {
      throw InvalidField.at(parser, "must be a whole number");
    }
    return integer(parser);
  }

  /** Checks that it is an object. */
  public static void requireObject(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw InvalidField.type(parser, "an object");
    }
  }

  /** Checks that it is an array. */
  public static void requireArray(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw InvalidField.type(parser, "an array");
    }
  }

  /** Leniently: the text, or null. Passes over objects and arrays. */
  public static @Nullable String stringOrNull(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    parser.skipChildren();
    return null;
  }

  /** Leniently: the whole number, or absent. Passes over objects and arrays. */
  public static Optional<Long> integerOrAbsent(JsonParser parser) {
    if (parser.currentToken().isNumeric()) {
      return integer(parser);
    }
    parser.skipChildren();
    return Optional.empty();
  }

  private static Optional<Long> integer(JsonParser parser) {
    try {
      return Optional.of(parser.getLongValue());
    } catch (InputCoercionException beyond) {
      return Optional.empty();
    }
  }

  /** Where the current token begins. */
  public static int start(JsonParser parser) {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  /** The JSON value that the parser stands at the beginning of; passes over it. */
  public static Bytes raw(JsonParser parser, Bytes text) {
    int start = start(parser);
    parser.skipChildren();
    parser.finishToken();
    return upTo(parser, text, start);
  }

  /** The JSON from a place to the end of the current token. */
  public static Bytes upTo(JsonParser parser, Bytes text, int start) {
    return text.slice(start, (int) parser.currentLocation().getByteOffset());
  }
}
