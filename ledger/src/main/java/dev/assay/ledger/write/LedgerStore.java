package dev.assay.ledger.write;

import dev.assay.core.secret.Secrets;
import dev.assay.core.store.Receipt;
import dev.assay.core.time.Clock;
import dev.assay.ledger.file.Connections;
import dev.assay.ledger.file.Identity;
import dev.assay.ledger.file.LedgerHome;
import dev.assay.ledger.file.Schema;
import dev.assay.ledger.file.UnusableLedgerException;
import dev.assay.ledger.record.Entries;
import dev.assay.ledger.record.Entry;
import dev.assay.ledger.record.Times;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that writes a ledger, opened and closed together. Thread-safe. */
public final class LedgerStore {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerStore.class);
  private static final int RECOVERED_RECORDS = 500;

  private final Entries entries;
  private final ReopeningChain chain;
  private final SpillFile spill;
  private final Checkpointer checkpointer;
  private final BatchWriter batches;
  private final LedgerWriter writer;

  private LedgerStore(
      Entries entries,
      ReopeningChain chain,
      SpillFile spill,
      Checkpointer checkpointer,
      BatchWriter batches,
      LedgerWriter writer) {
    this.entries = entries;
    this.chain = chain;
    this.spill = spill;
    this.checkpointer = checkpointer;
    this.batches = batches;
    this.writer = writer;
  }

  /**
   * How a store is opened.
   *
   * @param writer bounds of the writer
   * @param wal bounds of the log of writes
   * @param spillReserve how many bytes the spill file keeps ready
   */
  public record Bounds(WriterLimits writer, WalLimits wal, long spillReserve) {}

  /**
   * Opens a ledger or makes one; what a stop in the middle has left behind is put in order first.
   *
   * @param connections opens connections to its database
   * @param readers holds all readers of this process back while it is held
   */
  public static LedgerStore open(
      LedgerHome home,
      Connections connections,
      Bounds bounds,
      Lock readers,
      Clock clock,
      Secrets secrets)
      throws UnusableLedgerException {
    home.prepare();
    Schema.migrate(connections);
    try {
      SpillFile spill = SpillFile.open(home.spill(), bounds.spillReserve(), clock);
      Identity identity = identity(connections, clock);
      Entries entries = new Entries(secrets, clock, identity.secret());
      Checkpointer checkpointer = new Checkpointer(connections, home.wal(), bounds.wal(), readers);
      ReopeningChain chain =
          new ReopeningChain(
              () -> chain(connections, identity, clock, entries), checkpointer.commits());
      recover(chain, spill, entries);
      BatchWriter batches = new BatchWriter(chain, spill, checkpointer, clock, bounds.writer());
      LedgerWriter writer = new LedgerWriter(batches, clock, bounds.writer());
      checkpointer.start();
      writer.start();
      return new LedgerStore(entries, chain, spill, checkpointer, batches, writer);
    } catch (SQLException | IOException cause) {
      throw new UnusableLedgerException(
          "The ledger " + home.database() + " cannot be written: " + cause.getMessage(), cause);
    }
  }

  private static Identity identity(Connections connections, Clock clock) throws SQLException {
    try (Connection connection = connections.writer()) {
      return Identity.ensure(connection, Times.micros(clock.now()));
    }
  }

  private static Chain chain(
      Connections connections, Identity identity, Clock clock, Entries entries)
      throws SQLException {
    Connection connection = connections.writer();
    try {
      return new Chain(connection, identity, clock, entries);
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  /** Makes entries. */
  public Entries entries() {
    return entries;
  }

  /** Takes an entry; waits while too much is waiting already. */
  public Receipt put(Entry entry) {
    return writer.put(entry);
  }

  /** Whether entries go to the database. */
  public boolean writable() {
    return batches.state() == WriterState.WRITING && checkpointer.failure().isEmpty();
  }

  /** Whether entries that do not go to the database are safe in the spill file. */
  public boolean spillable() {
    return switch (batches.state()) {
      case WRITING, SPILLING -> batches.spillable();
      case OVERTAKEN, CLOSED -> false;
    };
  }

  /** Why entries do not go to the database; empty when they do. */
  public Optional<String> trouble() {
    return batches.trouble().or(checkpointer::failure);
  }

  /** How many records wait for the writer. */
  public int waiting() {
    return writer.waiting();
  }

  /** How many records are in the spill file and not yet in the database. */
  public long spillWaiting() {
    return spill.records();
  }

  /** How many records went to the spill file. */
  public long spilled() {
    return batches.spilled();
  }

  /** How many records could not be written anywhere. */
  public long lost() {
    return batches.lost();
  }

  /** How many bytes of the log of writes were in use when it was last looked at. */
  public long walBytes() {
    return checkpointer.used();
  }

  /** Takes nothing more, writes what waits, and closes the files. */
  public void close(Duration atMost) {
    if (!writer.close(atMost)) {
      LOG.error("The ledger's writer did not end in time; its files are left open");
      return;
    }
    checkpointer.close();
    try {
      chain.close();
      spill.close();
    } catch (SQLException | IOException unable) {
      LOG.error("The ledger could not be closed properly: {}", unable.getMessage());
    }
  }

  private static void recover(ReopeningChain chain, SpillFile spill, Entries entries)
      throws SQLException, IOException {
    if (!spill.isEmpty()) {
      Replay.all(spill, chain, RECOVERED_RECORDS);
    }
    List<Entry> ends = chain.interrupted(entries);
    for (int from = 0; from < ends.size(); from += RECOVERED_RECORDS) {
      chain.append(ends.subList(from, Math.min(ends.size(), from + RECOVERED_RECORDS)), true);
    }
  }
}
