package dev.assay.wire.format;

import dev.assay.core.model.Delta;
import java.util.List;
import java.util.Optional;

/**
 * What an event of a stream carries.
 *
 * @param kind what it is
 * @param content what it adds to the answer, in order; empty for something that is not understood
 *     here
 * @param error the error, for {@link Kind#ERROR} only
 */
public record AnswerEvent(Kind kind, List<Delta.Content> content, Optional<ApiError> error) {
  /** The kinds of events. */
  public enum Kind {
    /** Nothing of the answer yet: the role, empty text, an annotation of the request. */
    PRELUDE,
    /** A piece of the answer. */
    CONTENT,
    /** The finish reason, perhaps with the last piece of the answer. */
    FINISH,
    /** The usage and nothing else. */
    USAGE,
    /** The end mark, such as {@code [DONE]}. */
    DONE,
    /** Anything else behind the finish reason. */
    OTHER,
    /** An error inside the stream. */
    ERROR,
    /** No JSON object. */
    MALFORMED
  }

  /** Copies the content. */
  public AnswerEvent {
    content = List.copyOf(content);
  }

  /** An event that adds nothing to the answer. */
  public static AnswerEvent of(Kind kind) {
    return new AnswerEvent(kind, List.of(), Optional.empty());
  }
}
