package dev.assay.core.outcome;

import dev.assay.core.bytes.Bytes;

/**
 * An event of a stream that a door writes only once the call is recorded.
 *
 * @param kind what it carries
 * @param raw the event as it came, its closing blank line included
 */
public record StreamEvent(Kind kind, Bytes raw) {
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
