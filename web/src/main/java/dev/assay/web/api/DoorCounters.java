package dev.assay.web.api;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests that are refused without a record. Thread-safe. */
public final class DoorCounters {
  private final Map<Unrecorded, LongAdder> counters = new EnumMap<>(Unrecorded.class);

  /** No refusals yet. */
  public DoorCounters() {
    for (Unrecorded reason : Unrecorded.values()) {
      counters.put(reason, new LongAdder());
    }
  }

  private LongAdder counter(Unrecorded reason) {
    return Objects.requireNonNull(counters.get(reason));
  }

  /** Counts a refusal. */
  public void count(Unrecorded reason) {
    counter(reason).increment();
  }

  /** How many requests were refused for that reason. */
  public long of(Unrecorded reason) {
    return counter(reason).sum();
  }
}
