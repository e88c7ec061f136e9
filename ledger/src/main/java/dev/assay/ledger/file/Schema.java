package dev.assay.ledger.file;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema of a database up to date. */
public final class Schema {
  /** The newest version, which this program reads and writes. */
  public static final int NEWEST = 4;

  private static final String MIGRATIONS = "classpath:dev/assay/ledger/migrations";
  private static final int INCREMENTAL = 2;

  private Schema() {}

  /**
   * Migrates a database to {@link #NEWEST}.
   *
   * @param connections the database, which may be an empty file
   */
  public static void migrate(Connections connections) throws UnusableLedgerException {
    try {
      int version = prepare(connections);
      requireKnown(version, connections);
      // Flyway takes about 300 ms even when it finds nothing to do.
      if (version < NEWEST) {
        runMigrations(connections);
      }
    } catch (SQLException cause) {
      throw new UnusableLedgerException(
          "The ledger " + connections.database() + " cannot be opened: " + cause.getMessage(),
          cause);
    }
  }

  /** Checks that a database has the version that this program reads. */
  public static void require(Connection connection, Connections connections)
      throws SQLException, UnusableLedgerException {
    int version = version(connection);
    requireKnown(version, connections);
    if (version < NEWEST) {
      throw new UnusableLedgerException(
          "The ledger "
              + connections.database()
              + " has the older schema version "
              + version
              + "; start assay serve once, which brings it to "
              + NEWEST
              + ".");
    }
  }

  private static int prepare(Connections connections) throws SQLException {
    // Whether pages can be given back is fixed by the first page that is written, which is also
    // the one that says that there is a WAL; so this comes before any other setting.
    try (Connection first = connections.plain()) {
      int version = version(first);
      if (version == 0) {
        try (Statement statement = first.createStatement()) {
          statement.execute("PRAGMA page_size = " + Connections.PAGE_BYTES);
          statement.execute("PRAGMA auto_vacuum = " + INCREMENTAL);
          statement.execute("PRAGMA journal_mode = WAL");
        }
      }
      return version;
    }
  }

  private static void requireKnown(int version, Connections connections)
      throws UnusableLedgerException {
    if (version > NEWEST) {
      throw new UnusableLedgerException(
          "The ledger "
              + connections.database()
              + " has schema version "
              + version
              + ", but this Assay knows versions up to "
              + NEWEST
              + "; use the newer Assay that wrote it.");
    }
  }

  private static void runMigrations(Connections connections) throws UnusableLedgerException {
    try {
      runMigrations(connections.dataSource());
    } catch (FlywayException cause) {
      throw new UnusableLedgerException(
          "The ledger " + connections.database() + " cannot be migrated: " + cause.getMessage(),
          cause);
    }
  }

  /** Migrates whatever database a source of connections leads to. */
  static void runMigrations(DataSource source) {
    Flyway.configure()
        .dataSource(source)
        .locations(MIGRATIONS)
        .failOnMissingLocations(true)
        .loggers("slf4j")
        .load()
        .migrate();
  }

  /** The version of the schema; zero when there is none. */
  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!exists(statement)) {
        return 0;
      }
      try (ResultSet row =
          statement.executeQuery(
              "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM flyway_schema_history"
                  + " WHERE success")) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  private static boolean exists(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT 1 FROM sqlite_schema WHERE name = 'flyway_schema_history'")) {
      return row.next();
    }
  }
}
