package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.usage.Usage;
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
public final class ChatEventReader {
  private static final List<Delta.Content> OPAQUE = List.of(new Delta.Content.Opaque());

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

  /**
   * Reads the next event.
   *
   * @param data the event's data
   */
  public ChatEvent read(Bytes data) {
    if (isDone(data)) {
      doneSeen = true;
      return ChatEvent.of(ChatEvent.Kind.DONE);
    }
    try (JsonParser parser = Json.parser(data)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return ChatEvent.of(ChatEvent.Kind.MALFORMED);
      }
      ChunkReader chunk = new ChunkReader(parser, data, answer);
      chunk.read();
      return parser.nextToken() == null ? take(chunk) : ChatEvent.of(ChatEvent.Kind.MALFORMED);
    } catch (JacksonException malformed) {
      return ChatEvent.of(ChatEvent.Kind.MALFORMED);
    }
  }

  private static boolean isDone(Bytes data) {
    if (data.isEmpty() || data.at(0) != '[') {
      return false;
    }
    return data.utf8().strip().equals("[DONE]");
  }

  private ChatEvent take(ChunkReader chunk) {
    id = id == null ? chunk.id() : id;
    model = model == null ? chunk.model() : model;
    if (chunk.usage() != null && !chunk.usage().equals(Usage.ABSENT)) {
      usage = chunk.usage();
    }
    if (chunk.error() != null) {
      return new ChatEvent(ChatEvent.Kind.ERROR, List.of(), Optional.of(chunk.error()));
    }
    chunk.content().forEach(answer::add);
    finish = finish == null ? chunk.finish() : finish;
    ChatEvent.Kind kind = kind(chunk);
    return kind == ChatEvent.Kind.CONTENT && chunk.content().isEmpty()
        ? new ChatEvent(kind, OPAQUE, Optional.empty())
        : new ChatEvent(kind, chunk.content(), Optional.empty());
  }

  private ChatEvent.Kind kind(ChunkReader chunk) {
    if (!chunk.anyChoice() && chunk.usage() != null) {
      return ChatEvent.Kind.USAGE;
    }
    if (finishSeen) {
      return ChatEvent.Kind.OTHER;
    }
    if (chunk.anyFinish()) {
      finishSeen = true;
      return ChatEvent.Kind.FINISH;
    }
    contentSeen |= !chunk.content().isEmpty();
    return contentSeen ? ChatEvent.Kind.CONTENT : ChatEvent.Kind.PRELUDE;
  }

  /** The answer so far: reasoning, text, refusal, tool calls, in this order. */
  public List<Part> parts() {
    return answer.parts();
  }

  /** Why the answer ended; {@link FinishReason#OTHER} while nothing is said. */
  public FinishReason finish() {
    return FinishReasons.of(finish, answer.parts());
  }

  /** Whether a finish reason has come: without one the answer is not whole. */
  public boolean finished() {
    return finishSeen;
  }

  /** Whether the end mark has come. */
  public boolean done() {
    return doneSeen;
  }

  /** What was used, as far as the stream has said; {@link Usage#ABSENT} until then. */
  public Usage usage() {
    return usage;
  }

  /** The model that answers, as the provider resolved it. */
  public Optional<String> model() {
    return Optional.ofNullable(model);
  }

  /** The provider's identifier of the answer. */
  public Optional<String> id() {
    return Optional.ofNullable(id);
  }
}
