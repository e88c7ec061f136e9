package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the error bodies of Anthropic, {@code {"type": "error", "error": {"type", "message"}}}, and
 * of servers that imitate it: {@code {"error": {…}}}, {@code {"error": "…"}}, {@code {"message":
 * …}} and {@code {"detail": "…"}}. The type is the code too. Lenient: a field with a wrong type
 * counts as absent.
 */
public final class MessagesErrorReader {
  private @Nullable String message;
  private @Nullable String type;
  private @Nullable String code;

  private MessagesErrorReader() {}

  /** The error in the body of a response; empty when the body is none. */
  public static Optional<ApiError> read(Bytes body) {
    try (JsonParser parser = Json.parser(body)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? readBody(parser) : Optional.empty();
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<ApiError> readBody(JsonParser parser) {
    MessagesErrorReader flat = new MessagesErrorReader();
    MessagesErrorReader nested = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      if (field.equals("error") && !Fields.isNull(parser)) {
        nested = readValue(parser);
      } else {
        flat.readField(parser, field);
      }
    }
    if (nested != null) {
      return Optional.of(nested.error("error".equals(flat.type)));
    }
    return flat.message == null ? Optional.empty() : Optional.of(flat.error(false));
  }

  /** Reads the value of an {@code error} member, which is an object or a text. */
  static MessagesErrorReader readValue(JsonParser parser) {
    MessagesErrorReader reader = new MessagesErrorReader();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      reader.message = Fields.stringOrNull(parser);
      return reader;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      reader.readField(parser, field);
    }
    return reader;
  }

  private void readField(JsonParser parser, String field) {
    switch (field) {
      case "message", "detail" -> message = Fields.stringOrNull(parser);
      case "type" -> type = Fields.stringOrNull(parser);
      case "code" ->
          code =
              parser.currentToken().isNumeric() ? parser.getString() : Fields.stringOrNull(parser);
      default -> parser.skipChildren();
    }
  }

  /**
   * The error.
   *
   * @param told whether the object around it says that it is one
   */
  ApiError error(boolean told) {
    return new ApiError(
        Optional.ofNullable(message),
        Optional.ofNullable(type),
        Optional.empty(),
        Optional.ofNullable(code == null ? type : code),
        told && message != null && type != null,
        Optional.empty());
  }
}
