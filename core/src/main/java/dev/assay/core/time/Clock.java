package dev.assay.core.time;

import java.time.Duration;
import java.time.Instant;

/**
 * The time: of day for records, and a steady counter for durations. Thread-safe.
 *
 * <p>Tests put virtual time behind it; only the program's {@code main} takes the real one.
 */
public interface Clock {
  /** The time of day, at microsecond precision or better; it can jump when the host adjusts it. */
  Instant now();

  /**
   * Nanoseconds since an arbitrary moment; never goes backwards. Only differences mean anything.
   */
  long nanos();

  /** How long it is since {@link #nanos()} gave the value. */
  default Duration since(long nanos) {
    return Duration.ofNanos(nanos() - nanos);
  }

  /** The host's clock. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
