package dev.assay.core.model;

import dev.assay.core.outcome.ErrorCode;

/** Why a call is no longer wanted. */
public enum CancellationReason {
  /** The client hung up. A stream is read on for its usage, within bounds. */
  CLIENT_GONE(ErrorCode.CANCELLED),
  /** Its deadline passed. */
  DEADLINE(ErrorCode.DEADLINE_EXCEEDED),
  /** Another attempt was faster. */
  LOST(ErrorCode.CANCELLED),
  /** The strategy no longer needs it. */
  DECIDED(ErrorCode.CANCELLED),
  /** A money cap was reached. */
  CAP(ErrorCode.CANCELLED),
  /** The program is stopping. */
  SHUTDOWN(ErrorCode.SHUTTING_DOWN),
  /** The ledger and its spill file can no longer be written. */
  UNRECORDABLE(ErrorCode.LEDGER_UNAVAILABLE);

  private final ErrorCode code;

  CancellationReason(ErrorCode code) {
    this.code = code;
  }

  /** How a call that ends for this reason fails. */
  public ErrorCode code() {
    return code;
  }
}
