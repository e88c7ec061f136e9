package dev.assay.ledger.read;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** The ledger could not be read; the message says why. */
public final class UnreadableLedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For what the database said. */
  UnreadableLedgerException(SQLException cause) {
    super(
        timedOut(cause)
            ? "The query took too long; narrow it down, for example by time."
            : "The ledger cannot be read: " + cause.getMessage(),
        cause);
  }

  private static boolean timedOut(SQLException cause) {
    return cause.getErrorCode() == SQLiteErrorCode.SQLITE_INTERRUPT.code;
  }
}
