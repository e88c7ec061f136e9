package dev.assay.ledger.write;

import java.sql.SQLException;

/** Somebody else has appended to the chain. */
final class OvertakenException extends SQLException {
  private static final long serialVersionUID = 1L;

  OvertakenException() {
    super("Another process writes this ledger");
  }
}
