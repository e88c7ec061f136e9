package dev.assay.core.store;

import java.util.Optional;
import java.util.UUID;

/** Reads recorded calls. Thread-safe; what is durable is visible. */
public interface Calls {
  /** The call with an identifier. */
  Optional<StoredCall> find(UUID id);

  /**
   * The call whose response has an identifier. Whoever asks must be compared with who made it.
   *
   * @param responseId such as {@code resp_assay_…}
   */
  Optional<StoredCall> response(String responseId);

  /** A page of calls, newest first. */
  CallPage list(CallQuery query);

  /**
   * Totals over calls, from rollups: the ends of the time range are taken to whole minutes within
   * the last 48 hours, to whole hours before.
   *
   * @param filter which calls; parent, run and group are refused, as rollups do not know them
   * @throws IllegalArgumentException when the filter names one of those
   */
  CallSummary summary(CallFilter filter);
}
