package dev.assay.wire.format;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Part;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Json;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads answers as they were stored. */
public final class StoredAnswer {
  private StoredAnswer() {}

  /**
   * What a stored answer says, in order; nothing when it is none. Lenient.
   *
   * @param format the format of the response
   * @param body the body of the response; for a stream a JSON array of the data of its events
   * @param streamed whether it was a stream
   */
  public static List<Part> parts(UpstreamFormat format, Bytes body, boolean streamed) {
    if (streamed) {
      return replayed(format.events(), body);
    }
    return format.answer(body) instanceof AnswerRead.Completion completion
        ? completion.parts()
        : List.of();
  }

  // A body that breaks off says what stands before the break.
  private static List<Part> replayed(EventReader events, Bytes body) {
    try (JsonParser parser = Json.parser(body)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return List.of();
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        events.read(Fields.raw(parser, body));
      }
    } catch (JacksonException malformed) {
      return events.parts();
    }
    return events.parts();
  }
}
