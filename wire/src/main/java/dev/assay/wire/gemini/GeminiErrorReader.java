package dev.assay.wire.gemini;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads Google's errors, {@code {"error": {"code", "message", "status", "details"}}}, also alone in
 * an array. Lenient: a field with a wrong type counts as absent.
 *
 * <p>The code is the reason {@code API_KEY_INVALID}, which comes with HTTP 400; {@code
 * insufficient_quota} when a quota of a day is used up, since no pause helps; else the digits.
 */
public final class GeminiErrorReader {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,8}(\\.\\d{1,9})?s");
  private static final String KEY_INVALID = "API_KEY_INVALID";

  private @Nullable String message;
  private @Nullable String status;
  private @Nullable String code;
  private @Nullable String field;
  private Optional<Duration> pause = Optional.empty();
  private boolean keyInvalid;
  private boolean dailyQuota;

  private GeminiErrorReader() {}

  /** The error in the body of a response; empty when the body is none. */
  public static Optional<ApiError> read(Bytes body) {
    try (JsonParser parser = Json.parser(body)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        first = parser.nextToken();
      }
      return first == JsonToken.START_OBJECT ? readBody(parser) : Optional.empty();
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<ApiError> readBody(JsonParser parser) {
    ApiError error = null;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (name.equals("error") && !Fields.isNull(parser)) {
        error = readValue(parser);
      } else {
        parser.skipChildren();
      }
    }
    return Optional.ofNullable(error);
  }

  /** Reads the value of an {@code error} member. */
  static ApiError readValue(JsonParser parser) {
    GeminiErrorReader reader = new GeminiErrorReader();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      reader.message = Fields.stringOrNull(parser);
      return reader.error();
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "message" -> reader.message = Fields.stringOrNull(parser);
        case "status" -> reader.status = Fields.stringOrNull(parser);
        case "code" ->
            reader.code = value.isNumeric() ? parser.getString() : Fields.stringOrNull(parser);
        case "details" -> reader.readEach(parser, reader::readDetail);
        default -> parser.skipChildren();
      }
    }
    return reader.error();
  }

  /** Goes over the objects of an array. */
  private void readEach(JsonParser parser, DetailReader detail) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        detail.read(parser, name);
      }
    }
  }

  /** Reads the value of a member. */
  private interface DetailReader {
    void read(JsonParser parser, String name);
  }

  private void readDetail(JsonParser parser, String name) {
    switch (name) {
      case "reason" -> keyInvalid |= KEY_INVALID.equals(Fields.stringOrNull(parser));
      case "retryDelay" -> pause = seconds(Fields.stringOrNull(parser));
      case "violations", "fieldViolations" -> readEach(parser, this::readViolation);
      default -> parser.skipChildren();
    }
  }

  private void readViolation(JsonParser parser, String name) {
    switch (name) {
      case "quotaId" -> {
        String quota = Fields.stringOrNull(parser);
        dailyQuota |= quota != null && quota.contains("PerDay");
      }
      case "field" -> {
        String blamed = Fields.stringOrNull(parser);
        field = field == null ? blamed : field;
      }
      default -> parser.skipChildren();
    }
  }

  private static Optional<Duration> seconds(@Nullable String text) {
    if (text == null || !SECONDS.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal seconds = new BigDecimal(text.substring(0, text.length() - 1));
    return Optional.of(Duration.ofNanos(seconds.movePointRight(9).longValue()));
  }

  private ApiError error() {
    String known = dailyQuota ? "insufficient_quota" : code;
    return new ApiError(
        Optional.ofNullable(message),
        Optional.ofNullable(status),
        Optional.ofNullable(field),
        Optional.ofNullable(keyInvalid ? KEY_INVALID : known),
        message != null && status != null,
        pause);
  }
}
