package dev.assay.ledger.write;

import dev.assay.core.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Decides how long the writer waits for more records before it commits. Used by it alone.
 *
 * <p>A commit costs some 150 µs of processor time however few records it has, a record 15 to 20. So
 * when several callers are at work, a short wait saves more than it costs. A caller who is alone
 * would wait for nobody: that shows in commits of one record.
 */
final class Gathering {
  private static final double SEVERAL = 1.5;
  private static final double WEIGHT = 0.125;
  private static final int ENOUGH = 32;

  private final long gatherNanos;
  private final Clock clock;
  private double usual = 1;

  /** Waits for more records for the given time at most. */
  Gathering(Duration atMost, Clock clock) {
    this.gatherNanos = atMost.toNanos();
    this.clock = clock;
  }

  /**
   * Waits until there is something to write, and takes it; gives nothing when the time is up or
   * when it is woken for something else.
   *
   * @param nanos how long at most; {@link Long#MAX_VALUE} without a bound
   * @param closing whether nothing is worth waiting for any more
   */
  List<Pending> take(Intake intake, long nanos, BooleanSupplier closing) {
    if (intake.isEmpty() && !closing.getAsBoolean()) {
      if (nanos == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, nanos);
      }
    }
    if (usual >= SEVERAL && !intake.isEmpty()) {
      gather(intake, closing);
    }
    List<Pending> taken = intake.takeAll();
    if (!taken.isEmpty()) {
      usual += (taken.size() - usual) * WEIGHT;
    }
    return taken;
  }

  private void gather(Intake intake, BooleanSupplier closing) {
    long until = clock.nanos() + gatherNanos;
    long left = gatherNanos;
    while (left > 0 && intake.length() < ENOUGH && !closing.getAsBoolean()) {
      LockSupport.parkNanos(this, left);
      left = until - clock.nanos();
    }
  }
}
