package dev.assay.wire.openai;

import dev.assay.core.request.CacheHint;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Unread;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * Reads and writes {@code cache_control}, which OpenRouter and LiteLLM took over from Anthropic:
 * {@code {"type": "ephemeral", "ttl": "1h"}}.
 */
final class CacheControl {
  static final String MEMBER = "cache_control";

  private CacheControl() {}

  /** The hint that the parser stands on; absent when it is null. */
  static Optional<CacheHint> read(JsonParser parser, Unread unread) {
    if (Fields.isNull(parser)) {
      return Optional.empty();
    }
    Fields.requireObject(parser);
    Optional<String> ttl = Optional.empty();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> Fields.optionalString(parser);
        case "ttl" -> ttl = Fields.optionalString(parser);
        default -> unread.skip(parser);
      }
    }
    return Optional.of(new CacheHint(ttl));
  }

  /** Writes the member. */
  static void write(JsonGenerator json, CacheHint hint) {
    json.writeObjectPropertyStart(MEMBER);
    json.writeStringProperty("type", "ephemeral");
    hint.ttl().ifPresent(ttl -> json.writeStringProperty("ttl", ttl));
    json.writeEndObject();
  }
}
