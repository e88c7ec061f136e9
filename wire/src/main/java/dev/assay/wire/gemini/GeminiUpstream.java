package dev.assay.wire.gemini;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerParts;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.format.EventReader;
import dev.assay.wire.format.UpstreamFormat;
import dev.assay.wire.json.Json;
import dev.assay.wire.json.JsonFault;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * How the responses of {@code generateContent} and {@code streamGenerateContent} are read. A prompt
 * that was blocked is an answer without parts.
 */
public final class GeminiUpstream implements UpstreamFormat {
  /** The format. */
  public static final GeminiUpstream FORMAT = new GeminiUpstream();

  private GeminiUpstream() {}

  @Override
  public WireFormat format() {
    return WireFormat.GEMINI;
  }

  @Override
  public AnswerRead answer(Bytes body) {
    try (JsonParser parser = Json.parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new AnswerRead.Malformed("is not a JSON object");
      }
      AnswerParts answer = new AnswerParts();
      ResponseReader response = new ResponseReader(parser, body, answer);
      response.read(null);
      return parser.nextToken() == null
          ? read(response, answer)
          : new AnswerRead.Malformed("does not end behind its JSON object");
    } catch (JacksonException malformed) {
      return new AnswerRead.Malformed(JsonFault.text(malformed));
    }
  }

  private static AnswerRead read(ResponseReader response, AnswerParts answer) {
    if (response.error() != null) {
      return new AnswerRead.Failed(response.error());
    }
    if (!response.anyCandidate() && response.blocked() == null) {
      return new AnswerRead.Malformed("has no candidate");
    }
    response.addTo(answer);
    FinishReason finish =
        response.anyCandidate()
            ? GeminiFinishReasons.of(response.finish(), answer.toolCalls() > 0)
            : FinishReason.CONTENT_FILTER;
    return new AnswerRead.Completion(
        Optional.ofNullable(response.id()),
        Optional.ofNullable(response.model()),
        answer.parts(),
        finish,
        response.usage() == null ? Usage.ABSENT : response.usage());
  }

  @Override
  public EventReader events() {
    return new GeminiEventReader();
  }

  @Override
  public Optional<ApiError> error(Bytes body) {
    return GeminiErrorReader.read(body);
  }
}
