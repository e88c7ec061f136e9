package dev.assay.ledger.rollup;

import java.util.Optional;

/** The lengths of time that calls are totalled over. */
public enum Bucket {
  /** A minute, readable for 48 hours. */
  MINUTE(60, Optional.of(48 * 3_600L)),
  /** An hour, readable for 90 days. */
  HOUR(3_600, Optional.of(90 * 86_400L)),
  /** A day in UTC, readable for ever. */
  DAY(86_400, Optional.empty());

  private static final long MICROS = 1_000_000;

  private final long seconds;
  private final long readable;

  Bucket(long seconds, Optional<Long> readable) {
    this.seconds = seconds;
    this.readable = readable.orElse(Long.MAX_VALUE);
  }

  /** How many seconds it has. */
  public long seconds() {
    return seconds;
  }

  /** For how many seconds it is readable; {@link Long#MAX_VALUE} is for ever. */
  public long readable() {
    return readable;
  }

  /** For how many seconds it is kept: a little longer, so that no reader finds it half gone. */
  long kept() {
    return readable + 3_600;
  }

  /** The bucket of a moment in microseconds, by its first second. */
  public long start(long micros) {
    return Math.floorDiv(micros, seconds * MICROS) * seconds;
  }

  /** The first second at or behind one that begins a bucket. */
  public long ceiling(long second) {
    return Math.ceilDiv(second, seconds) * seconds;
  }

  /** The last second at or before one that begins a bucket. */
  public long floor(long second) {
    return Math.floorDiv(second, seconds) * seconds;
  }
}
