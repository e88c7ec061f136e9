package dev.assay.core.store;

import dev.assay.core.model.Principal;
import java.util.Optional;
import java.util.UUID;

/** Reads recorded calls. Thread-safe; what is durable is visible. */
public interface Calls {
  /** The call with an identifier. */
  Optional<StoredCall> find(UUID id);

  /**
   * The call whose response has an identifier; of several the latest.
   *
   * @param responseId such as {@code resp_assay_…}
   * @param principal who asks: {@link Principal#HOST} sees all, others what they made
   */
  Optional<StoredCall> response(String responseId, Principal principal);

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
