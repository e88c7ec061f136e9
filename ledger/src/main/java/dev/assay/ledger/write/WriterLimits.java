package dev.assay.ledger.write;

import java.time.Duration;

/**
 * Bounds of the writer.
 *
 * @param batchRecords how many records a commit has at most
 * @param batchBytes about how many bytes a commit has at most, if it has more than one record
 * @param queueBytes about how many bytes may wait for the writer
 * @param gather how long the writer waits at most for more records when many are under way
 * @param rollupCalls how many calls may wait to be totalled
 * @param rollupDelay how long they may wait
 * @param probe how often a ledger that could not be written is tried again
 */
public record WriterLimits(
    int batchRecords,
    long batchBytes,
    long queueBytes,
    Duration gather,
    int rollupCalls,
    Duration rollupDelay,
    Duration probe) {
  private static final long MIB = 1 << 20;

  /** What was measured to be good. */
  public static final WriterLimits DEFAULT =
      new WriterLimits(
          512,
          16 * MIB,
          64 * MIB,
          Duration.ofNanos(300_000),
          500,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));

  /** Checks that they are positive. */
  public WriterLimits {
    if (batchRecords < 1 || batchBytes < 1 || queueBytes < 1 || rollupCalls < 1) {
      throw new IllegalArgumentException("limits: must be positive");
    }
    if (gather.isNegative() || rollupDelay.isNegative() || !probe.isPositive()) {
      throw new IllegalArgumentException("limits: a duration is out of range");
    }
  }
}
