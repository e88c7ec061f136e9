package dev.assay.ledger;

import dev.assay.core.store.Calls;
import dev.assay.core.time.Clock;
import dev.assay.ledger.file.Connections;
import dev.assay.ledger.file.LedgerHome;
import dev.assay.ledger.file.Schema;
import dev.assay.ledger.file.UnusableLedgerException;
import dev.assay.ledger.read.ReaderPool;
import dev.assay.ledger.read.SqliteCalls;
import dev.assay.ledger.verify.ChainHead;
import dev.assay.ledger.verify.LedgerVerification;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.VerificationProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A ledger that is only read; another process may be writing it. Thread-safe. */
public final class ReadOnlyLedger implements AutoCloseable {
  private final Connections connections;
  private final Clock clock;
  private final ReaderPool pool;
  private final Calls calls;

  private ReadOnlyLedger(Connections connections, Clock clock, LedgerSettings settings) {
    this.connections = connections;
    this.clock = clock;
    this.pool = new ReaderPool(connections, clock, settings.readers(), settings.queryTime());
    this.calls = new SqliteCalls(pool, clock, settings.pageTime());
  }

  static ReadOnlyLedger open(LedgerSettings settings, Clock clock) throws UnusableLedgerException {
    LedgerHome home = new LedgerHome(settings.home());
    home.requireLedger();
    Connections connections = new Connections(home.database());
    try (Connection connection = connections.reader()) {
      Schema.require(connection, connections);
    } catch (SQLException cause) {
      throw new UnusableLedgerException(
          "The ledger " + home.database() + " cannot be read: " + cause.getMessage(), cause);
    }
    return new ReadOnlyLedger(connections, clock, settings);
  }

  /** Its calls. */
  public Calls calls() {
    return calls;
  }

  /**
   * Derives the chain anew from the rows, on the caller's thread.
   *
   * @param known ends of chains that were kept elsewhere
   * @param progress is told how far it has come
   * @throws UnusableLedgerException when the database cannot be read to the end
   */
  public LedgerVerification verify(List<ChainHead> known, VerificationProgress progress)
      throws UnusableLedgerException {
    try {
      return new LedgerVerifier(connections, clock, progress).verify(known);
    } catch (SQLException cause) {
      throw new UnusableLedgerException(
          "The ledger "
              + connections.database()
              + " cannot be read to the end, which means that its file is damaged: "
              + cause.getMessage(),
          cause);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
