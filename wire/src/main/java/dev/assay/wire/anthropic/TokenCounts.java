package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.format.TokenField;
import dev.assay.wire.json.Json;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The response of {@code POST /v1/messages/count_tokens}. */
public final class TokenCounts {
  private TokenCounts() {}

  /** The body that tells a number of input tokens. */
  public static Bytes write(long tokens) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeNumberProperty("input_tokens", tokens);
      json.writeEndObject();
    });
  }

  /** The number of input tokens that a body tells; empty when it tells none. Lenient. */
  public static OptionalLong read(Bytes body) {
    try (JsonParser parser = Json.parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return OptionalLong.empty();
      }
      OptionalLong tokens = OptionalLong.empty();
      for (String field = parser.nextName(); field != null; field = parser.nextName()) {
        parser.nextToken();
        if (field.equals("input_tokens")) {
          tokens = count(parser);
        } else {
          parser.skipChildren();
        }
      }
      return parser.nextToken() == null ? tokens : OptionalLong.empty();
    } catch (JacksonException malformed) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong count(JsonParser parser) {
    long told = TokenField.read(parser);
    return told == TokenField.ABSENT ? OptionalLong.empty() : OptionalLong.of(told);
  }
}
