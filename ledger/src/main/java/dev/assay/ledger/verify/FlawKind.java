package dev.assay.ledger.verify;

/** What can be wrong with a chain. */
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
  MISSING_TAIL
}
