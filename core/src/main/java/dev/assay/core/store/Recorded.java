package dev.assay.core.store;

import dev.assay.core.outcome.Outcome;

/**
 * An outcome on its way to the ledger.
 *
 * @param outcome what came of the call
 * @param receipt must say that the record is safe before the outcome leaves the process
 */
public record Recorded(Outcome outcome, Receipt receipt) {}
