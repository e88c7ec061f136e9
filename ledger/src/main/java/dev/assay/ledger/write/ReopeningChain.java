package dev.assay.ledger.write;

import dev.assay.ledger.record.Entries;
import dev.assay.ledger.record.Entry;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * A chain whose connection is given up after every failure and opened anew when it is needed.
 *
 * <p>After some failures SQLite has ended the transaction by itself, and after some the driver has
 * ended the statements; neither says so. A connection that went on after that could commit half a
 * batch. Used by one thread at a time.
 */
final class ReopeningChain implements AutoCloseable {
  private final Opening opening;
  private final Lock commits;
  private @Nullable Chain chain;

  // The ends that it may have when it is opened again: where it was, and where a commit would have
  // brought it that seemed to fail.
  private Set<Chain.Head> expected = Set.of();

  /** Opens the chain. */
  @FunctionalInterface
  interface Opening {
    Chain open() throws SQLException;
  }

  /**
   * A chain that is opened when it is first used.
   *
   * @param commits is held while it is used
   */
  ReopeningChain(Opening opening, Lock commits) {
    this.opening = opening;
    this.commits = commits;
  }

  private interface Use<T> {
    T of(Chain chain) throws SQLException;
  }

  /** As {@link Chain#append}; none of the records is in the chain when it fails. */
  void append(List<Entry> entries, boolean withRollups) throws SQLException {
    use(live -> {
      live.append(entries, withRollups);
      return true;
    });
  }

  /** As {@link Chain#flushRollups}. */
  void flushRollups() throws SQLException {
    use(live -> {
      live.flushRollups();
      return true;
    });
  }

  /** As {@link Chain#probe}. */
  void probe() throws SQLException {
    use(live -> {
      live.probe();
      return true;
    });
  }

  /** As {@link Chain#interrupted}. */
  List<Entry> interrupted(Entries entries) throws SQLException {
    return use(live -> live.interrupted(entries));
  }

  /** As {@link Chain#has}. */
  boolean has(Entry entry) throws SQLException {
    return use(live -> live.has(entry));
  }

  /**
   * Opens the chain if it is not open.
   *
   * @throws OvertakenException when it has another end than it had
   */
  void ensureOpen() throws SQLException {
    use(live -> true);
  }

  /** As {@link Chain#unrolled}; none while it is not open. */
  int unrolled() {
    return chain == null ? 0 : chain.unrolled();
  }

  @Override
  public void close() throws SQLException {
    Chain open = chain;
    chain = null;
    if (open != null) {
      open.close();
    }
  }

  private <T> T use(Use<T> use) throws SQLException {
    commits.lock();
    try {
      Chain live = live();
      try {
        return use.of(live);
      } catch (SQLException | RuntimeException failure) {
        expected = new HashSet<>(List.of(live.head(), live.attempted()));
        giveUp(live);
        throw failure;
      }
    } finally {
      commits.unlock();
    }
  }

  private Chain live() throws SQLException {
    if (chain == null) {
      Chain opened = opening.open();
      if (!expected.isEmpty() && !expected.contains(opened.head())) {
        giveUp(opened);
        throw new OvertakenException();
      }
      chain = opened;
    }
    return chain;
  }

  private void giveUp(Chain broken) {
    chain = null;
    try {
      broken.close();
    } catch (SQLException unable) {
      // What it had not committed is rolled back when the file is opened the next time.
    }
  }
}
