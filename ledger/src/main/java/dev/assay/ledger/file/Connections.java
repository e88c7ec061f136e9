package dev.assay.ledger.file;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * Opens connections to one database. Thread-safe; the connections are not.
 *
 * <p>While one is open, no other code of this process may open the database file or its shared
 * memory: closing a file drops all locks that the process has on it.
 */
public class Connections {
  private static final int BUSY_MILLIS = 2_000;
  private static final int WRITER_CACHE_KIB = 16 * 1024;
  private static final int READER_CACHE_KIB = 4 * 1024;
  // Negative counts are KiB, positive ones pages.
  private static final int KIB = -1;

  /** The size of a page. Of 4, 8 and 16 KiB the smallest was best for small batches. */
  public static final int PAGE_BYTES = 4_096;

  private final Path database;

  /** Of a file. */
  public Connections(Path database) {
    this.database = database;
  }

  /** The file. */
  public final Path database() {
    return database;
  }

  /** The connection that appends: every commit is on disk when it returns. */
  public Connection writer() throws SQLException {
    SQLiteConfig config = writing();
    config.setCacheSize(KIB * WRITER_CACHE_KIB);
    // The driver begins the next transaction with every commit; an immediate one would hold its
    // lock, and its snapshot, until then.
    config.setTransactionMode(TransactionMode.DEFERRED);
    return open(config);
  }

  /** The connection that moves the log of writes into the database. It never waits for others. */
  public Connection checkpointer() throws SQLException {
    SQLiteConfig config = writing();
    config.setBusyTimeout(0);
    return open(config);
  }

  /** A connection that can only read. */
  public Connection reader() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(KIB * READER_CACHE_KIB);
    return open(config);
  }

  /** A connection without any setting, for a database that has no pages yet. */
  Connection plain() throws SQLException {
    return open(new SQLiteConfig());
  }

  /** A source of connections for whoever brings the schema up to date. */
  SQLiteDataSource dataSource() {
    SQLiteDataSource source = new SQLiteDataSource(writing());
    source.setUrl(url());
    return source;
  }

  private static SQLiteConfig writing() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setPageSize(PAGE_BYTES);
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setWalAutocheckpoint(0);
    return config;
  }

  private Connection open(SQLiteConfig config) throws SQLException {
    return config.createConnection(url());
  }

  private String url() {
    return "jdbc:sqlite:" + database;
  }
}
