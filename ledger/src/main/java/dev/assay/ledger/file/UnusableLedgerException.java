package dev.assay.ledger.file;

/** A ledger cannot be opened; the message says why and what to do about it. */
public final class UnusableLedgerException extends Exception {
  private static final long serialVersionUID = 1L;

  /** For a reason that was found here. */
  public UnusableLedgerException(String message) {
    super(message);
  }

  /** For a reason that the system gave. */
  public UnusableLedgerException(String message, Throwable cause) {
    super(message, cause);
  }
}
