package dev.assay.ledger.write;

/** How the writer is doing. */
enum WriterState {
  /** Records go to the database. */
  WRITING,
  /** The database cannot be written: records go to the spill file. */
  SPILLING,
  /** Another process appends to the chain: nothing may be written any more. */
  OVERTAKEN,
  /** It has ended. */
  CLOSED
}
