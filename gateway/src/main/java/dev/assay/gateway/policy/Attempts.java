package dev.assay.gateway.policy;

import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.AttemptRole;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the attempts of a call in their order. */
final class Attempts {
  private Attempts() {}

  /**
   * An outcome with the attempts that were made before it. Its own attempts get the numbers behind
   * those; the first of them is placed as given.
   *
   * @param before the earlier attempts of the call
   * @param role why the outcome's first attempt was made
   * @param reason the failure that led to it
   * @param delay how long was waited before it
   */
  static Outcome following(
      List<Attempt> before, Outcome outcome, AttemptRole role, ErrorCode reason, Duration delay) {
    List<Attempt> own = outcome.details().attempts();
    List<Attempt> all = new ArrayList<>(before.size() + own.size());
    all.addAll(before);
    for (Attempt attempt : own) {
      int number = all.size() + 1;
      all.add(
          number == before.size() + 1
              ? attempt.placed(number, role, Optional.of(reason), delay)
              : attempt.placed(number, attempt.role(), attempt.retryReason(), attempt.delay()));
    }
    return outcome.withDetails(outcome.details().withAttempts(all));
  }
}
