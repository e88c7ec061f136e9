package dev.assay.wire.gemini;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerEvent;
import dev.assay.wire.format.AnswerParts;
import dev.assay.wire.format.EventReader;
import dev.assay.wire.json.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the events of {@code streamGenerateContent?alt=sse}, each of which is a response of its own
 * with a piece of the answer. There is no end mark. Usage may come with every event; the last one
 * counts. For one thread at a time.
 */
final class GeminiEventReader implements EventReader {
  private final AnswerParts answer = new AnswerParts();
  private @Nullable String id;
  private @Nullable String model;
  private @Nullable String finish;
  private boolean blocked;
  private Usage usage = Usage.ABSENT;
  private boolean contentSeen;

  @Override
  public AnswerEvent read(Bytes data) {
    try (JsonParser parser = Json.parser(data)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return AnswerEvent.of(AnswerEvent.Kind.MALFORMED);
      }
      ResponseReader response = new ResponseReader(parser, data, answer);
      response.read(id);
      return parser.nextToken() == null
          ? take(response)
          : AnswerEvent.of(AnswerEvent.Kind.MALFORMED);
    } catch (JacksonException malformed) {
      return AnswerEvent.of(AnswerEvent.Kind.MALFORMED);
    }
  }

  private AnswerEvent take(ResponseReader response) {
    id = response.id();
    model = model == null ? response.model() : model;
    if (response.usage() != null && !response.usage().equals(Usage.ABSENT)) {
      usage = response.usage();
    }
    if (response.error() != null) {
      return new AnswerEvent(AnswerEvent.Kind.ERROR, List.of(), Optional.of(response.error()));
    }
    response.addTo(answer);
    return new AnswerEvent(kind(response), response.content(), Optional.empty());
  }

  private AnswerEvent.Kind kind(ResponseReader response) {
    if (finished()) {
      return response.anyCandidate() || response.usage() == null
          ? AnswerEvent.Kind.OTHER
          : AnswerEvent.Kind.USAGE;
    }
    finish = response.finish();
    blocked = response.blocked() != null && !response.anyCandidate();
    if (finished()) {
      return AnswerEvent.Kind.FINISH;
    }
    contentSeen |= response.anyContent();
    return contentSeen ? AnswerEvent.Kind.CONTENT : AnswerEvent.Kind.PRELUDE;
  }

  @Override
  public List<Part> parts() {
    return answer.parts();
  }

  @Override
  public FinishReason finish() {
    return blocked
        ? FinishReason.CONTENT_FILTER
        : GeminiFinishReasons.of(finish, answer.toolCalls() > 0);
  }

  @Override
  public boolean finished() {
    return finish != null || blocked;
  }

  @Override
  public boolean done() {
    return false;
  }

  @Override
  public Usage usage() {
    return usage;
  }

  @Override
  public Optional<String> model() {
    return Optional.ofNullable(model);
  }

  @Override
  public Optional<String> id() {
    return Optional.ofNullable(id);
  }
}
