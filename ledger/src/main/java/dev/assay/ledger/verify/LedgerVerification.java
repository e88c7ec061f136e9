package dev.assay.ledger.verify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the verification of a ledger found. Three things are checked: the records and their chain,
 * up to the first flaw; the tables, indexes, views and triggers; and when the records are intact,
 * the totals.
 *
 * <p>Corruption and casual edits are always found. Whoever rewrites the whole file, or cuts its
 * end, is found only against a {@link ChainHead} that was kept elsewhere. Groups may change and are
 * not checked.
 *
 * @param recordsIntact whether every record was checked and none is flawed, whatever is wrong with
 *     what is made from them; when false, what is counted was checked before the flaw and nothing
 *     behind it was
 * @param records how many records are intact
 * @param commits how many commits are
 * @param objects how many tables, indexes, views and triggers were compared
 * @param totals how many rows of totals were compared
 * @param flaws what is wrong, that of the records first; empty when nothing is
 * @param intactFrom when the first intact commit was made
 * @param intactUntil when the last intact commit was made
 * @param heads the ends of the chains that are intact
 */
public record LedgerVerification(
    boolean recordsIntact,
    long records,
    long commits,
    long objects,
    long totals,
    List<Flaw> flaws,
    Optional<Instant> intactFrom,
    Optional<Instant> intactUntil,
    List<ChainHead> heads) {
  /** Copies the lists. */
  public LedgerVerification {
    flaws = List.copyOf(flaws);
    heads = List.copyOf(heads);
  }

  /** Whether nothing is wrong. */
  public boolean intact() {
    return flaws.isEmpty();
  }

  /** The first thing that is wrong. */
  public Optional<Flaw> flaw() {
    return flaws.stream().findFirst();
  }
}
