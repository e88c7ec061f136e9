package dev.assay.ledger;

import java.util.Optional;

/**
 * How a ledger is doing.
 *
 * @param writable whether records go to the database
 * @param trouble why they do not; empty when they do
 * @param waiting how many records wait for the writer
 * @param spillWaiting how many records are in the spill file and not yet in the database
 * @param spilled how many records went to the spill file since it was opened
 * @param lost how many records could not be written anywhere since it was opened
 * @param refused how many calls were not admitted since it was opened
 * @param walBytes how much of the log of writes was in use when it was last looked at
 */
public record LedgerHealth(
    boolean writable,
    Optional<String> trouble,
    int waiting,
    long spillWaiting,
    long spilled,
    long lost,
    long refused,
    long walBytes) {}
