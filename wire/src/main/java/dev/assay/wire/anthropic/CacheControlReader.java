package dev.assay.wire.anthropic;

import dev.assay.core.request.CacheHint;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.InvalidField;
import dev.assay.wire.json.Unread;
import java.util.Optional;
import tools.jackson.core.JsonParser;

/** Reads {@code cache_control}. */
final class CacheControlReader {
  private CacheControlReader() {}

  /** The wish that the parser stands on; absent when it is null. */
  static Optional<CacheHint> read(JsonParser parser, Unread unread) {
    if (Fields.isNull(parser)) {
      return Optional.empty();
    }
    Fields.requireObject(parser);
    String type = "";
    Optional<String> ttl = Optional.empty();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> type = Fields.string(parser);
        case "ttl" -> ttl = Fields.optionalString(parser);
        default -> unread.skip(parser);
      }
    }
    if (!type.equals("ephemeral")) {
      throw InvalidField.under(parser, "type", "must be \"ephemeral\"");
    }
    return Optional.of(new CacheHint(ttl));
  }
}
