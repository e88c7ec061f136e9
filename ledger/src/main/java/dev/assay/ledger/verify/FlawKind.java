package dev.assay.ledger.verify;

/** What can be wrong with a ledger. */
public enum FlawKind {
  /** A record is not there. */
  MISSING_RECORD,
  /** A record, or one of its attempts, differs from what was recorded. */
  CHANGED_RECORD,
  /** A body is not there. */
  MISSING_BODY,
  /** A body differs from what was recorded. */
  CHANGED_BODY,
  /** A row is there that was never recorded. */
  FOREIGN_ROW,
  /** A commit is not there. */
  MISSING_COMMIT,
  /**
   * A commit, or together with their digests some of its records, differs from what was recorded.
   */
  CHANGED_COMMIT,
  /** The ledger's or the writer's own row differs, or the first commit does. */
  CHANGED_ORIGIN,
  /** The chain ends before a point that is known to have been in it. */
  MISSING_TAIL,
  /**
   * A table, index, view or trigger is missing, differs from that of a new ledger, or is none of
   * its. It says nothing about the records.
   */
  CHANGED_SCHEMA,
  /** The stored totals are not those of the recorded calls. It says nothing about the records. */
  WRONG_TOTALS;

  /** Whether it is a flaw of the recorded calls themselves, and not of what is made from them. */
  public boolean ofRecords() {
    return switch (this) {
      case MISSING_RECORD,
          CHANGED_RECORD,
          MISSING_BODY,
          CHANGED_BODY,
          FOREIGN_ROW,
          MISSING_COMMIT,
          CHANGED_COMMIT,
          CHANGED_ORIGIN,
          MISSING_TAIL ->
          true;
      case CHANGED_SCHEMA, WRONG_TOTALS -> false;
    };
  }
}
