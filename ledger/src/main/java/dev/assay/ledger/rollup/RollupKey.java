package dev.assay.ledger.rollup;

import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.CallStatus;

/**
 * What calls are counted under.
 *
 * @param provider the provider
 * @param model the model; empty when no provider was asked, because names that nobody has would
 *     otherwise make totals without end
 * @param status what became of them
 * @param kind how they were answered
 * @param principal who made them
 * @param errorCode how they failed; empty for answers
 * @param simulated whether a simulator answered
 */
public record RollupKey(
    String provider,
    String model,
    String status,
    String kind,
    String principal,
    String errorCode,
    boolean simulated) {
  private static final String REFUSED = CallStatus.REFUSED.text();
  private static final String INTERRUPTED = CallStatus.INTERRUPTED.text();
  private static final String ASKED = CallKind.PROVIDER.text();

  /** Leaves out the model that no provider was asked for. */
  public RollupKey {
    model = provider.isEmpty() ? "" : model;
  }

  /** Whether their latency says something: they ran to some end. */
  public boolean timed() {
    return !status.equals(REFUSED) && !status.equals(INTERRUPTED);
  }

  /** Whether they carry tokens and money. */
  public boolean billed() {
    return kind.equals(ASKED);
  }
}
