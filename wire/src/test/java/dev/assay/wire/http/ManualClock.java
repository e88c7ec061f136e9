package dev.assay.wire.http;

import dev.assay.core.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is told. */
final class ManualClock implements Clock {
  private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

  private final AtomicLong passed = new AtomicLong();

  void advance(Duration duration) {
    passed.addAndGet(duration.toNanos());
  }

  @Override
  public Instant now() {
    return START.plusNanos(passed.get());
  }

  @Override
  public long nanos() {
    return passed.get();
  }
}
