package dev.assay.ledger.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as the ledger stores them: microseconds since the epoch. */
public final class Times {
  private static final long MICROS = 1_000_000;
  private static final long NANOS_OF_MICRO = 1_000;

  private Times() {}

  /** A moment as it is stored. */
  public static long micros(Instant moment) {
    return moment.getEpochSecond() * MICROS + moment.getNano() / NANOS_OF_MICRO;
  }

  /** A stored moment. */
  public static Instant moment(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
