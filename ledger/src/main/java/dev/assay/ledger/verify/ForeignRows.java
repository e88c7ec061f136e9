package dev.assay.ledger.verify;

import dev.assay.ledger.record.BodyPart;
import dev.assay.ledger.record.RecordType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for rows where none may be. */
final class ForeignRows {
  private static final List<String> TABLES = tables();

  private ForeignRows() {}

  /**
   * A row that was found.
   *
   * @param table its table
   * @param place its place
   */
  record Found(String table, long place) {}

  /** The first row in a range of places, both ends included. */
  static Optional<Found> first(Connection connection, long first, long last) throws SQLException {
    for (String table : TABLES) {
      String sql =
          "SELECT place FROM " + table + " WHERE place BETWEEN ? AND ? ORDER BY place LIMIT 1";
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setLong(1, first);
        statement.setLong(2, last);
        try (ResultSet row = statement.executeQuery()) {
          if (row.next()) {
            return Optional.of(new Found(table, row.getLong(1)));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> tables() {
    List<String> tables = new ArrayList<>();
    for (RecordType type : RecordType.values()) {
      tables.add(type.table());
    }
    tables.add(RecordType.ATTEMPT_TABLE);
    tables.add(BodyPart.TABLE);
    tables.add("ledger_commits");
    return tables;
  }
}
