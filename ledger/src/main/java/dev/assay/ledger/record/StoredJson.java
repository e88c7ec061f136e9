package dev.assay.ledger.record;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** Sees to it that what is stored as JSON is JSON. */
final class StoredJson {
  private StoredJson() {}

  /** The text itself when it is one JSON value, otherwise a JSON string of it. */
  static Bytes of(Bytes text) {
    return valid(text) ? text : Json.write(json -> json.writeString(text.utf8()));
  }

  /** Whether a text is exactly one JSON value. */
  static boolean valid(Bytes text) {
    try (JsonParser parser = Json.parser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      // An unfinished value shows at the end only.
      parser.finishToken();
      return parser.nextToken() == null;
    } catch (JacksonException malformed) {
      return false;
    }
  }
}
