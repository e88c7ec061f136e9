package dev.assay.cli;

import java.time.Instant;
import java.util.Optional;

/**
 * What deriving the chain again has shown.
 *
 * @param records how many records were found to be whole
 * @param batches how many commits
 * @param from when the first whole record was made
 * @param until when the last whole record was made
 * @param fault the first bad record and what is wrong with it; absent when the ledger is intact
 */
public record Verification(
    long records,
    long batches,
    Optional<Instant> from,
    Optional<Instant> until,
    Optional<String> fault) {
  /** Whether every record is whole. */
  public boolean intact() {
    return fault.isEmpty();
  }
}
