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
 * while records keep coming in, a short wait saves more than it costs. It ends when none came
 * during a slice of it: callers that all wait for this commit will send no more. Few callers, whose
 * commits are small, are not made to wait: there is processor time to spare then.
 */
final class Gathering {
  private static final double SEVERAL = 4;
  private static final double WEIGHT = 0.125;
  private static final int ENOUGH = 32;
  private static final int SLICES = 5;

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
    int before = 0;
    int now = intake.length();
    while (left > 0 && now > before && now < ENOUGH && !closing.getAsBoolean()) {
      sleep(Math.min(left, gatherNanos / SLICES));
      before = now;
      now = intake.length();
      left = until - clock.nanos();
    }
  }

  // A wake-up that was meant for an earlier wait ends the first sleep at once, and only that.
  private void sleep(long nanos) {
    long until = clock.nanos() + nanos;
    for (long left = nanos; left > 0; left = until - clock.nanos()) {
      LockSupport.parkNanos(this, left);
    }
  }
}
