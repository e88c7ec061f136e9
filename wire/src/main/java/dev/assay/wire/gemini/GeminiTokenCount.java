package dev.assay.wire.gemini;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.format.BodyFormat;
import dev.assay.wire.format.TokenField;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Json;
import dev.assay.wire.json.JsonFault;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** How the response of {@code countTokens} is read. Counting uses no tokens. */
public final class GeminiTokenCount implements BodyFormat {
  /** The format. */
  public static final GeminiTokenCount FORMAT = new GeminiTokenCount();

  private GeminiTokenCount() {}

  @Override
  public WireFormat format() {
    return WireFormat.GEMINI;
  }

  @Override
  public AnswerRead answer(Bytes body) {
    try (JsonParser parser = Json.parser(body)) {
      return parser.nextToken() == JsonToken.START_OBJECT
          ? read(parser)
          : new AnswerRead.Malformed("is not a JSON object");
    } catch (JacksonException malformed) {
      return new AnswerRead.Malformed(JsonFault.text(malformed));
    }
  }

  private static AnswerRead read(JsonParser parser) {
    long total = TokenField.ABSENT;
    Optional<ApiError> error = Optional.empty();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "totalTokens" -> total = TokenField.read(parser);
        case "error" ->
            error =
                Fields.isNull(parser)
                    ? Optional.empty()
                    : Optional.of(GeminiErrorReader.readValue(parser));
        default -> parser.skipChildren();
      }
    }
    if (error.isPresent()) {
      return new AnswerRead.Failed(error.get());
    }
    return total == TokenField.ABSENT
        ? new AnswerRead.Malformed("has no number of tokens")
        : new AnswerRead.Completion(
            Optional.empty(),
            Optional.empty(),
            List.of(new Part.TokenCount(total)),
            FinishReason.STOP,
            Usage.NONE);
  }

  @Override
  public Optional<ApiError> error(Bytes body) {
    return GeminiErrorReader.read(body);
  }
}
