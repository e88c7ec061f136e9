package dev.assay.ledger.write;

/** What happens to new calls while the database cannot be written. */
public enum OnFailure {
  /** They are refused. What was taken before goes to the spill file. */
  REFUSE,
  /** They are made, and their records go to the spill file. */
  SPILL
}
