package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The events of a stream as the ledger keeps them: the array {@code events} of an object. */
final class StoredEvents {
  private StoredEvents() {}

  /** The data of the events, in order; as far as they can be read. */
  static List<Bytes> of(Bytes stored) {
    List<Bytes> events = new ArrayList<>();
    try (JsonParser parser = Json.parser(stored)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return events;
      }
      for (String field = parser.nextName(); field != null; field = parser.nextName()) {
        if (parser.nextToken() == JsonToken.START_ARRAY && field.equals("events")) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            events.add(Fields.raw(parser, stored));
          }
        } else {
          parser.skipChildren();
        }
      }
    } catch (JacksonException malformed) {
      return events;
    }
    return events;
  }
}
