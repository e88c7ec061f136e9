package dev.assay.core.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A page of calls.
 *
 * @param calls the calls, newest first, without bodies
 * @param next the {@code before} of the next page; empty on the last
 */
public record CallPage(List<CallRow> calls, Optional<UUID> next) {
  /** Copies the calls. */
  public CallPage {
    calls = List.copyOf(calls);
  }
}
