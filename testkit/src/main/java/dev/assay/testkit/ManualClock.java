package dev.assay.testkit;

import dev.assay.core.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that goes only when it is told to, for code that waits on sockets and measures by it.
 * Thread-safe.
 */
public final class ManualClock implements Clock {
  private final AtomicLong nanos = new AtomicLong();

  /** A clock at {@link VirtualTime#START}. */
  public ManualClock() {}

  /** Lets a time pass. */
  public void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  @Override
  public Instant now() {
    return VirtualTime.START.plusNanos(nanos());
  }

  @Override
  public long nanos() {
    return nanos.get();
  }
}
