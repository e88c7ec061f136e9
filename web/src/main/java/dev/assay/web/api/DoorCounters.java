package dev.assay.web.api;

import java.util.concurrent.atomic.LongAdder;

/** Counts the requests that are refused without a record. Thread-safe. */
public final class DoorCounters {
  private final LongAdder crossSite = new LongAdder();
  private final LongAdder unauthenticated = new LongAdder();
  private final LongAdder unrecorded = new LongAdder();

  /** No refusals yet. */
  public DoorCounters() {}

  void countCrossSite() {
    crossSite.increment();
  }

  void countUnrecorded() {
    unrecorded.increment();
  }

  /** Requests from the web: of another page, for another host, or forwarded. */
  public long crossSite() {
    return crossSite.sum();
  }

  /** Requests without a valid key; always 0 while the server asks for none. */
  public long unauthenticated() {
    return unauthenticated.sum();
  }

  /** Answers withheld and calls turned away because the ledger could not be written. */
  public long unrecorded() {
    return unrecorded.sum();
  }
}
