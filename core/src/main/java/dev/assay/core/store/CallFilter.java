package dev.assay.core.store;

import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.CallStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which calls; whatever is absent does not restrict.
 *
 * @param provider the provider's name
 * @param model the model's name, with or without the provider's prefix
 * @param status what became of them
 * @param kind how they were answered
 * @param principal who made them
 * @param parentId the call that made them
 * @param runId the run that they are a part of
 * @param group the group's name or identifier
 * @param since the earliest creation, inclusive
 * @param until the latest creation, exclusive
 */
public record CallFilter(
    Optional<String> provider,
    Optional<String> model,
    Optional<CallStatus> status,
    Optional<CallKind> kind,
    Optional<String> principal,
    Optional<UUID> parentId,
    Optional<String> runId,
    Optional<String> group,
    Optional<Instant> since,
    Optional<Instant> until) {
  /** Every call. */
  public static final CallFilter ALL =
      new CallFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** The same calls, of one principal only. */
  public CallFilter ofPrincipal(String name) {
    return new CallFilter(
        provider, model, status, kind, Optional.of(name), parentId, runId, group, since, until);
  }
}
