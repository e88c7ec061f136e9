package dev.assay.ledger.verify;

/** Ends a verification at the first flaw. */
final class FlawException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Flaw flaw;

  FlawException(Flaw flaw) {
    super(flaw.detail(), null, false, false);
    this.flaw = flaw;
  }

  Flaw flaw() {
    return flaw;
  }
}
