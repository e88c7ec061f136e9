package dev.assay.ledger.file;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.sqlite.SQLiteDataSource;

/**
 * The tables, indexes, views and triggers of a database.
 *
 * @param all the objects by what they are and their names: a trigger may have the name of a table
 */
public record SchemaObjects(Map<SchemaName, SchemaObject> all) {
  // Left out: what SQLite keeps for itself, and what Flyway does, whose version may change.
  private static final String ALL =
      "SELECT type, name, tbl_name, sql FROM sqlite_schema"
          + " WHERE NOT (name LIKE 'sqlite\\_%' ESCAPE '\\' AND type IN ('table', 'index'))"
          + " AND NOT (tbl_name = 'flyway_schema_history' AND type IN ('table', 'index'))";

  /** Copies the map. */
  public SchemaObjects {
    all = Map.copyOf(all);
  }

  /**
   * What identifies an object.
   *
   * @param type {@code table}, {@code index}, {@code view} or {@code trigger}
   * @param name its name
   */
  public record SchemaName(String type, String name) {}

  /**
   * A table, index, view or trigger.
   *
   * @param name what it is and its name
   * @param table the table that it belongs to; of a table or view its own name
   * @param sql the statement that made it
   */
  public record SchemaObject(SchemaName name, String table, String sql) {}

  /** Those of a database. */
  public static SchemaObjects of(Connection connection) throws SQLException {
    Map<SchemaName, SchemaObject> objects = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ALL)) {
      while (row.next()) {
        String sql = row.getString(4);
        SchemaName name = new SchemaName(row.getString(1), row.getString(2));
        objects.put(name, new SchemaObject(name, row.getString(3), sql == null ? "" : sql));
      }
    }
    return new SchemaObjects(objects);
  }

  /** Those of a ledger that was just made. */
  public static SchemaObjects ofNewLedger() {
    return NewLedger.OBJECTS;
  }

  // Made once, when it is first asked for: the migrations take about 300 ms.
  private static final class NewLedger {
    private static final SchemaObjects OBJECTS = make();

    private static SchemaObjects make() {
      SQLiteDataSource memory = new SQLiteDataSource();
      memory.setUrl("jdbc:sqlite:file:" + UUID.randomUUID() + "?mode=memory&cache=shared");
      // It is gone when the last connection to it is closed.
      try (Connection connection = memory.getConnection()) {
        Schema.runMigrations(memory);
        return of(connection);
      } catch (SQLException impossible) {
        throw new IllegalStateException("An empty ledger cannot be made in memory", impossible);
      }
    }
  }
}
