package dev.assay.ledger.write;

import dev.assay.core.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Decides how long the writer waits for more records before it commits. Used by it alone. */
final class Gathering {
  Gathering(Duration atMost, Clock clock) {}

  /** Waits until there is something to write, something else to do, or the end. */
  List<Pending> take(Intake intake, LongSupplier nanosToDuty, BooleanSupplier closing) {
    if (intake.isEmpty() && !closing.getAsBoolean()) {
      long nanos = nanosToDuty.getAsLong();
      if (nanos == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, nanos);
      }
    }
    return intake.takeAll();
  }
}
