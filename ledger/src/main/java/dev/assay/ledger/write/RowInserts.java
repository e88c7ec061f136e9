package dev.assay.ledger.write;

import dev.assay.core.bytes.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Inserts into one table, collected and executed together: measured, that costs 10 µs less for the
 * rows of a call than executing each on its own. Not thread-safe.
 */
final class RowInserts {
  private final PreparedStatement statement;
  private int next = 1;
  private int rows;

  RowInserts(Connection connection, String table, List<String> columns) throws SQLException {
    this(connection, "INSERT INTO ", table, columns);
  }

  private RowInserts(Connection connection, String insert, String table, List<String> columns)
      throws SQLException {
    statement =
        connection.prepareStatement(
            insert
                + table
                + " ("
                + String.join(", ", columns)
                + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?"))
                + ")");
  }

  /** Inserts into a table where a row that is there already stays. */
  static RowInserts unlessThere(Connection connection, String table, List<String> columns)
      throws SQLException {
    return new RowInserts(connection, "INSERT OR IGNORE INTO ", table, columns);
  }

  /** Inserts into a table where a row takes the place of one that is there already. */
  static RowInserts replacing(Connection connection, String table, List<String> columns)
      throws SQLException {
    return new RowInserts(connection, "INSERT OR REPLACE INTO ", table, columns);
  }

  /** Sets the next column of the row: null, {@link Long}, {@link Double}, text or bytes. */
  RowInserts set(@Nullable Object value) throws SQLException {
    int column = next++;
    switch (value) {
      case null -> statement.setNull(column, Types.NULL);
      case Bytes bytes -> statement.setBytes(column, bytes.toArray());
      // Takes the boxed value as it is; setLong would box it again.
      default -> statement.setObject(column, value);
    }
    return this;
  }

  /** Sets the next columns of the row. */
  RowInserts setAll(@Nullable Object[] values) throws SQLException {
    for (Object value : values) {
      set(value);
    }
    return this;
  }

  /** Ends the row. */
  void end() throws SQLException {
    statement.addBatch();
    next = 1;
    rows++;
  }

  /** Inserts the collected rows. */
  void execute() throws SQLException {
    if (rows > 0) {
      rows = 0;
      statement.executeBatch();
    }
  }
}
