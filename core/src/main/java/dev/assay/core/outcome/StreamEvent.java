package dev.assay.core.outcome;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import java.util.List;

/**
 * An event of a stream that a door writes only once the call is recorded.
 *
 * @param kind what it carries
 * @param raw the event as it came, its closing blank line included
 * @param content what it adds to the answer, in order; none of it has passed the sink
 */
public record StreamEvent(Kind kind, Bytes raw, List<Delta.Content> content) {
  /** Copies the content. */
  public StreamEvent {
    content = List.copyOf(content);
  }

  /** An event that adds nothing to the answer. */
  public StreamEvent(Kind kind, Bytes raw) {
    this(kind, raw, List.of());
  }

  /** What an event carries. */
  public enum Kind {
    /** Nothing of the answer: it came before any content. */
    PRELUDE,
    /** The finish reason, perhaps with the last content. */
    FINISH,
    /** The usage and nothing else. */
    USAGE,
    /** The end mark of the stream. */
    DONE,
    /** Something else behind the finish reason. */
    OTHER
  }
}
