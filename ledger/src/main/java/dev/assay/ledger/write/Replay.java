package dev.assay.ledger.write;

import dev.assay.ledger.record.Entry;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Appends the records of a spill file to the chain. */
final class Replay {
  private Replay() {}

  /** Appends all of them, in order. */
  static void all(SpillFile spill, ReopeningChain chain, int most)
      throws SQLException, IOException {
    spill.rewind();
    while (!spill.allRead()) {
      step(spill, chain, most);
    }
    spill.clear();
  }

  /**
   * Appends the next of them, in order, but for those that are in the chain already: a commit that
   * seemed to fail, or a replay that was cut short, may have brought them there.
   *
   * @param most how many
   */
  static void step(SpillFile spill, ReopeningChain chain, int most)
      throws SQLException, IOException {
    List<Entry> missing = missing(spill.next(most), chain);
    if (!missing.isEmpty()) {
      chain.append(missing, true);
    }
  }

  private static List<Entry> missing(List<Entry> entries, ReopeningChain chain)
      throws SQLException {
    Set<String> seen = new HashSet<>();
    List<Entry> missing = new ArrayList<>();
    for (Entry entry : entries) {
      if (seen.add(entry.type() + entry.id()) && !chain.has(entry)) {
        missing.add(entry);
      }
    }
    return missing;
  }
}
