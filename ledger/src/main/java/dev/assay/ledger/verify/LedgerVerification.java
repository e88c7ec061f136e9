package dev.assay.ledger.verify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the verification of a ledger found.
 *
 * <p>Corruption and casual edits are always found. Whoever rewrites the whole file, or cuts its
 * end, is found only against a {@link ChainHead} that was kept elsewhere.
 *
 * @param records how many records are intact, up to the flaw if there is one
 * @param commits how many commits are
 * @param flaw what is wrong; empty when nothing is
 * @param intactFrom when the first intact commit was made
 * @param intactUntil when the last intact commit was made
 * @param heads the ends of the chains that are intact
 */
public record LedgerVerification(
    long records,
    long commits,
    Optional<Flaw> flaw,
    Optional<Instant> intactFrom,
    Optional<Instant> intactUntil,
    List<ChainHead> heads) {
  /** Copies the list. */
  public LedgerVerification {
    heads = List.copyOf(heads);
  }

  /** Whether nothing is wrong. */
  public boolean intact() {
    return flaw.isEmpty();
  }
}
