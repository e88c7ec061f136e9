package dev.assay.ledger.write;

import dev.assay.core.bytes.Bytes;
import dev.assay.ledger.record.Entries;
import dev.assay.ledger.record.Entry;
import dev.assay.ledger.record.RecordType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The streams that were open when the program stopped. */
final class InterruptedStreams {
  private static final Bytes NO_METADATA = Bytes.utf8("{}");

  /** Finds them, oldest first: the call, the place of the start, then metadata and columns. */
  static final String OPEN =
      "SELECT s.call_id, s.place, b.metadata, s."
          + String.join(", s.", RecordType.START.columns())
          + " FROM ledger_starts s LEFT JOIN ledger_bodies b USING (place)"
          + " WHERE s.place >= coalesce((SELECT place FROM ledger_progress WHERE name = '"
          + Chain.OPEN_STARTS
          + "'), 0) AND NOT EXISTS (SELECT 1 FROM ledger_calls c WHERE c.id = s.call_id)"
          + " ORDER BY s.place";

  private InterruptedStreams() {}

  /** The record that ends each of them, oldest first. */
  static List<Entry> ends(Connection connection, Entries entries) throws SQLException {
    List<Entry> ends = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OPEN)) {
      int columns = RecordType.START.columns().size();
      while (row.next()) {
        @Nullable Object[] start = new @Nullable Object[columns];
        for (int i = 0; i < columns; i++) {
          // The driver gives small integers as Integer.
          Object value = row.getObject(i + 4);
          start[i] = value instanceof Number number ? Long.valueOf(number.longValue()) : value;
        }
        byte[] metadata = row.getBytes(3);
        ends.add(entries.interrupted(start, metadata == null ? NO_METADATA : Bytes.wrap(metadata)));
      }
    }
    return ends;
  }
}
