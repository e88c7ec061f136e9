package dev.assay.core.id;

import dev.assay.core.time.Clock;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7 (RFC 9562, section 5.7) that never go backwards in one process.
 *
 * <p>The 48 bits of time are milliseconds since the epoch; the 12 bits behind the version count
 * within a millisecond and run over into the next one (RFC 9562, section 6.2, method 1); the rest
 * is random. Thread-safe.
 */
public final class UuidV7 {
  private static final int COUNTER_BITS = 12;

  private final Clock clock;
  private final RandomGenerator random;
  private final AtomicLong last = new AtomicLong();

  /**
   * A generator.
   *
   * @param clock gives the time
   * @param random gives the random bits; must be thread-safe, as {@link Random} and its subclasses
   *     are
   */
  public UuidV7(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** A new identifier, greater than all that this generator made before. */
  public UUID next() {
    long now = clock.now().toEpochMilli() << COUNTER_BITS;
    long stamp = last.updateAndGet(previous -> Math.max(previous + 1, now));
    long high = (stamp >>> COUNTER_BITS) << 16 | 0x7000L | (stamp & ((1L << COUNTER_BITS) - 1));
    long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
