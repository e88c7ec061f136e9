package dev.assay.wire.openai;

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
 * Reads the error bodies of OpenAI and of the servers that imitate it: {@code {"error": {…}}},
 * {@code {"error": "…"}} (Ollama), {@code {"message": …}} (vLLM, Mistral) and {@code {"detail":
 * "…"}} (FastAPI). Lenient: a field with a wrong type counts as absent.
 */
public final class ChatErrorReader {
  private @Nullable String message;
  private @Nullable String type;
  private @Nullable String param;
  private @Nullable String code;

  private ChatErrorReader() {}

  /** The error in the body of a response; empty when the body is none. */
  public static Optional<ApiError> read(Bytes body) {
    try (JsonParser parser = Json.parser(body)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? readBody(parser) : Optional.empty();
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<ApiError> readBody(JsonParser parser) {
    ChatErrorReader flat = new ChatErrorReader();
    ApiError nested = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      if (field.equals("error") && !Fields.isNull(parser)) {
        nested = readValue(parser);
      } else {
        flat.readField(parser, field);
      }
    }
    if (nested != null) {
      return Optional.of(nested);
    }
    return flat.message == null ? Optional.empty() : Optional.of(flat.error(false));
  }

  /** Reads the value of an {@code error} member, which is an object or a text. */
  public static ApiError readValue(JsonParser parser) {
    ChatErrorReader reader = new ChatErrorReader();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      reader.message = Fields.stringOrNull(parser);
      return reader.error(false);
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      reader.readField(parser, field);
    }
    return reader.error(reader.message != null);
  }

  private void readField(JsonParser parser, String field) {
    switch (field) {
      case "message", "detail" -> message = Fields.stringOrNull(parser);
      case "type" -> type = Fields.stringOrNull(parser);
      case "param" -> param = Fields.stringOrNull(parser);
      case "code" ->
          code =
              parser.currentToken().isNumeric() ? parser.getString() : Fields.stringOrNull(parser);
      default -> parser.skipChildren();
    }
  }

  private ApiError error(boolean standard) {
    return new ApiError(
        Optional.ofNullable(message),
        Optional.ofNullable(type),
        Optional.ofNullable(param),
        Optional.ofNullable(code),
        standard,
        Optional.empty());
  }
}
