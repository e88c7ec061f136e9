package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerEvent;
import dev.assay.wire.format.AnswerEvent.Kind;
import dev.assay.wire.format.AnswerParts;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.format.EventReader;
import dev.assay.wire.json.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the events of one stream, in order, tells what each carries, and puts the answer together.
 * Lenient: a field with a wrong type counts as absent. For one thread at a time.
 *
 * <p>{@code response.completed} and {@code response.incomplete} carry the finish reason and the
 * usage in one event, and nothing need follow them. What a server says only at the end of an item,
 * or only in the last event, is content there.
 */
public final class ResponsesEventReader implements EventReader {
  private final AnswerParts answer = new AnswerParts();
  private final StreamedItems items = new StreamedItems(answer);
  private @Nullable String id;
  private @Nullable String model;
  private FinishReason finish = FinishReason.OTHER;
  private Usage usage = Usage.ABSENT;
  private boolean contentSeen;
  private boolean finishSeen;
  private boolean doneSeen;

  /** A reader of a stream that has not begun. */
  public ResponsesEventReader() {}

  @Override
  public AnswerEvent read(Bytes data) {
    if (isDone(data)) {
      doneSeen = true;
      return AnswerEvent.of(Kind.DONE);
    }
    try (JsonParser parser = Json.parser(data)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return AnswerEvent.of(Kind.MALFORMED);
      }
      EventFields event = new EventFields(parser, data);
      event.read();
      return parser.nextToken() == null ? take(event) : AnswerEvent.of(Kind.MALFORMED);
    } catch (JacksonException malformed) {
      return AnswerEvent.of(Kind.MALFORMED);
    }
  }

  // OpenAI sends none; some servers that imitate it do.
  private static boolean isDone(Bytes data) {
    return !data.isEmpty() && data.at(0) == '[' && data.utf8().strip().equals("[DONE]");
  }

  private AnswerEvent take(EventFields event) {
    takeResponse(event.response());
    return switch (event.type()) {
      case "error", "response.failed" -> error(event.anyError());
      case "response.completed", "response.incomplete" -> finish(event);
      default -> event.error() == null ? content(event) : error(event.error());
    };
  }

  private void takeResponse(@Nullable ResponseReader response) {
    if (response == null) {
      return;
    }
    id = id == null ? response.id() : id;
    model = model == null ? response.model() : model;
    if (response.usage() != null && !response.usage().equals(Usage.ABSENT)) {
      usage = response.usage();
    }
  }

  private static AnswerEvent error(ApiError error) {
    return new AnswerEvent(Kind.ERROR, List.of(), Optional.of(error));
  }

  private AnswerEvent finish(EventFields event) {
    if (finishSeen) {
      return AnswerEvent.of(Kind.OTHER);
    }
    ResponseReader response = event.response();
    List<Part> output = response == null ? null : response.output();
    List<Delta.Content> content = contentSeen || output == null ? List.of() : items.pieces(output);
    content.forEach(answer::add);
    finishSeen = true;
    finish = response == null ? FinishReason.OTHER : response.finish(answer.parts());
    return new AnswerEvent(Kind.FINISH, content, Optional.empty());
  }

  private AnswerEvent content(EventFields event) {
    if (finishSeen) {
      return AnswerEvent.of(Kind.OTHER);
    }
    List<Delta.Content> content = items.read(event);
    content.forEach(answer::add);
    // A tool of the provider's own is a part of the answer, although not of its text.
    boolean unknown =
        event.item() != null
            && event.item().parts().stream().anyMatch(Part.Opaque.class::isInstance);
    contentSeen |= unknown || !content.isEmpty();
    return new AnswerEvent(contentSeen ? Kind.CONTENT : Kind.PRELUDE, content, Optional.empty());
  }

  @Override
  public List<Part> parts() {
    return answer.parts();
  }

  @Override
  public FinishReason finish() {
    return finish;
  }

  @Override
  public boolean finished() {
    return finishSeen;
  }

  @Override
  public boolean done() {
    return doneSeen;
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
