package dev.assay.wire.openai;

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
 * Reads the events of one stream, in order, tells what each carries, and puts the answer together.
 * Lenient: a field with a wrong type counts as absent. For one thread at a time.
 *
 * <p>Of several choices the first is put together; pieces of the others are opaque content. The
 * first finish reason of any choice ends the content: what comes behind it is not content any more.
 */
public final class ChatEventReader implements EventReader {
  private final AnswerParts answer = new AnswerParts();
  private @Nullable String id;
  private @Nullable String model;
  private @Nullable String finish;
  private Usage usage = Usage.ABSENT;
  private boolean contentSeen;
  private boolean finishSeen;
  private boolean doneSeen;

  /** A reader of a stream that has not begun. */
  public ChatEventReader() {}

  @Override
  public AnswerEvent read(Bytes data) {
    if (isDone(data)) {
      doneSeen = true;
      return AnswerEvent.of(AnswerEvent.Kind.DONE);
    }
    try (JsonParser parser = Json.parser(data)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return AnswerEvent.of(AnswerEvent.Kind.MALFORMED);
      }
      ChunkReader chunk = new ChunkReader(parser, data, answer);
      chunk.read();
      return parser.nextToken() == null ? take(chunk) : AnswerEvent.of(AnswerEvent.Kind.MALFORMED);
    } catch (JacksonException malformed) {
      return AnswerEvent.of(AnswerEvent.Kind.MALFORMED);
    }
  }

  private static boolean isDone(Bytes data) {
    if (data.isEmpty() || data.at(0) != '[') {
      return false;
    }
    return data.utf8().strip().equals("[DONE]");
  }

  private AnswerEvent take(ChunkReader chunk) {
    id = id == null ? chunk.id() : id;
    model = model == null ? chunk.model() : model;
    if (chunk.usage() != null && !chunk.usage().equals(Usage.ABSENT)) {
      usage = chunk.usage();
    }
    if (chunk.error() != null) {
      return new AnswerEvent(AnswerEvent.Kind.ERROR, List.of(), Optional.of(chunk.error()));
    }
    chunk.content().forEach(answer::add);
    finish = finish == null ? chunk.finish() : finish;
    return new AnswerEvent(kind(chunk), chunk.content(), Optional.empty());
  }

  private AnswerEvent.Kind kind(ChunkReader chunk) {
    if (!chunk.anyChoice() && chunk.usage() != null) {
      return AnswerEvent.Kind.USAGE;
    }
    if (finishSeen) {
      return AnswerEvent.Kind.OTHER;
    }
    if (chunk.anyFinish()) {
      finishSeen = true;
      return AnswerEvent.Kind.FINISH;
    }
    contentSeen |= chunk.anyContent();
    return contentSeen ? AnswerEvent.Kind.CONTENT : AnswerEvent.Kind.PRELUDE;
  }

  @Override
  public List<Part> parts() {
    return answer.parts();
  }

  @Override
  public FinishReason finish() {
    return FinishReasons.of(finish, answer.parts());
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
