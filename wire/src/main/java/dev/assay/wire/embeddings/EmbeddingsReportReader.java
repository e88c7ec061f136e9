package dev.assay.wire.embeddings;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.EmbeddingReport;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Json;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads what {@link EmbeddingsAnswerWriter} says beside OpenAI's members. Lenient. */
public final class EmbeddingsReportReader {
  private EmbeddingsReportReader() {}

  /** The report in the body of an answer; empty when there is none. */
  public static Optional<EmbeddingReport> read(Bytes body) {
    try (JsonParser parser = Json.parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      for (String field = parser.nextName(); field != null; field = parser.nextName()) {
        parser.nextToken();
        if (field.equals("assay") && parser.currentToken() == JsonToken.START_OBJECT) {
          return report(parser);
        }
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (JacksonException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<EmbeddingReport> report(JsonParser parser) {
    String hash = null;
    List<Boolean> cached = List.of();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "request_hash" -> hash = Fields.stringOrNull(parser);
        case "cached" -> cached = flags(parser);
        default -> parser.skipChildren();
      }
    }
    return hash == null
        ? Optional.empty()
        : Optional.of(
            new EmbeddingReport(Bytes.wrap(HexFormat.of().parseHex(hash)), cached, List.of()));
  }

  private static List<Boolean> flags(JsonParser parser) {
    List<Boolean> flags = new ArrayList<>();
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        flags.add(parser.currentToken() == JsonToken.VALUE_TRUE);
        parser.skipChildren();
      }
    } else {
      parser.skipChildren();
    }
    return flags;
  }
}
