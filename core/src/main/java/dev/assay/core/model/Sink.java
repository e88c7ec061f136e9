package dev.assay.core.model;

/**
 * Takes the content of a streamed answer, in order, from one thread. Blocking it is backpressure.
 *
 * <p>Only content passes: the first delta means that content has begun, and from then on nothing is
 * retried. The finish reason, the usage and the end mark travel in the outcome, because they may
 * leave only when the call is recorded. It never throws: a client that left shows in the call's
 * {@link Cancellation}.
 */
@FunctionalInterface
public interface Sink {
  /**
   * Learns where the content comes from, once and right before the first delta. Without content
   * there is no head: the outcome says the same.
   */
  default void begin(StreamHead head) {}

  /** Takes the next delta. */
  void accept(Delta delta);

  /** A sink for answers in one piece. */
  static Sink discarding() {
    return delta -> {};
  }
}
