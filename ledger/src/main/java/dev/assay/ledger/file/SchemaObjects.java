package dev.assay.ledger.file;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.sqlite.SQLiteDataSource;

/**
 * The tables, indexes, views and triggers of a database, by their names.
 *
 * @param byName the objects
 */
public record SchemaObjects(Map<String, SchemaObject> byName) {
  // Left out: what SQLite keeps for itself, and what Flyway does, whose version may change.
  private static final String ALL =
      "SELECT type, name, tbl_name, sql FROM sqlite_schema"
          + " WHERE NOT (name LIKE 'sqlite\\_%' ESCAPE '\\' AND type IN ('table', 'index'))"
          + " AND NOT (tbl_name = 'flyway_schema_history' AND type IN ('table', 'index'))";

  /** Copies the map. */
  public SchemaObjects {
    byName = Map.copyOf(byName);
  }

  /**
   * A table, index, view or trigger.
   *
   * @param type which of these it is
   * @param name its name
   * @param table the table that it belongs to; of a table or view its own name
   * @param sql the statement that made it
   */
  public record SchemaObject(String type, String name, String table, String sql) {}

  /** Those of a database. */
  public static SchemaObjects of(Connection connection) throws SQLException {
    Map<String, SchemaObject> objects = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ALL)) {
      while (row.next()) {
        String sql = row.getString(4);
        SchemaObject object =
            new SchemaObject(
                row.getString(1), row.getString(2), row.getString(3), sql == null ? "" : sql);
        objects.put(object.name(), object);
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
