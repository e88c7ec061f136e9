package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Part;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.json.Json;
import dev.assay.wire.json.JsonFault;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the body of an answer in one piece. Lenient: a field with a wrong type counts as absent;
 * only a body that is no JSON object with an output in it is malformed.
 */
public final class ResponsesAnswerReader {
  private ResponsesAnswerReader() {}

  /** Reads a body. */
  public static AnswerRead read(Bytes body) {
    try (JsonParser parser = Json.parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new AnswerRead.Malformed("is not a JSON object");
      }
      ResponseReader response = new ResponseReader(parser, body);
      response.read();
      return parser.nextToken() == null
          ? answer(response)
          : new AnswerRead.Malformed("does not end behind its JSON object");
    } catch (JacksonException malformed) {
      return new AnswerRead.Malformed(JsonFault.text(malformed));
    }
  }

  private static AnswerRead answer(ResponseReader response) {
    if (response.error() != null || "failed".equals(response.status())) {
      return new AnswerRead.Failed(response.failure());
    }
    List<Part> parts = response.output();
    if (parts == null) {
      return new AnswerRead.Malformed("has no output");
    }
    return switch (response.status()) {
      case "queued", "in_progress", "cancelled" ->
          new AnswerRead.Malformed("is of a response that has no end");
      case null, default -> completion(response, parts);
    };
  }

  private static AnswerRead.Completion completion(ResponseReader response, List<Part> parts) {
    Usage usage = response.usage();
    return new AnswerRead.Completion(
        Optional.ofNullable(response.id()),
        Optional.ofNullable(response.model()),
        parts,
        response.finish(parts),
        usage == null ? Usage.ABSENT : usage);
  }
}
