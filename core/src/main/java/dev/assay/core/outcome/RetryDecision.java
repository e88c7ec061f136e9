package dev.assay.core.outcome;

import java.time.Duration;

/** Whether a failed attempt is worth another. */
public sealed interface RetryDecision {
  /** Another attempt would fail in the same way, or might be charged twice. */
  static RetryDecision never() {
    return new Never();
  }

  /** Another attempt may succeed, whenever it comes. */
  static RetryDecision soon() {
    return new After(Duration.ZERO);
  }

  /** No. */
  record Never() implements RetryDecision {}

  /**
   * Yes, but not before a time has passed.
   *
   * @param atLeast what the provider asked for; zero when it asked for nothing
   */
  record After(Duration atLeast) implements RetryDecision {
    /** Checks that the time is not negative. */
    public After {
      if (atLeast.isNegative()) {
        throw new IllegalArgumentException("atLeast: is negative");
      }
    }
  }
}
