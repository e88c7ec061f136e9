package dev.assay.cli;

import dev.assay.core.outcome.Outcome;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import java.util.Optional;
import java.util.UUID;

/**
 * What came of a call.
 *
 * @param callId its identifier in the ledger; absent when it was not recorded
 * @param outcome the answer or the failure
 * @param usage what it used
 * @param cost what it cost
 * @param attempts how many attempts were made
 * @param warning what went wrong with the record, when something did
 */
public record Reply(
    Optional<UUID> callId,
    Outcome outcome,
    Usage usage,
    Cost cost,
    int attempts,
    Optional<String> warning) {}
