package dev.assay.ledger.rollup;

import dev.assay.ledger.record.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The totals of calls that are recorded and not yet in the stored totals. They are written in the
 * transaction of some later batch, with the place up to which they reach; whoever reads adds up the
 * few calls behind that place. So nothing is lost or counted twice whatever happens in between.
 * Used by the writer alone.
 */
public final class Rollups {
  /** The name of their row in {@code ledger_progress}. */
  public static final String PROGRESS = "rollups";

  /** The columns of a row's key, in order. */
  public static final String KEY =
      "size, start, provider, model, status, kind, principal, error_code, simulated";

  /** The columns of a row, in order. */
  public static final String COLUMNS = KEY + ", " + RollupTotals.COLUMNS;

  /** Reads {@link RollupTotals#COLUMNS} of a row; {@link #setKey} says of which. */
  static final String READ =
      "SELECT "
          + RollupTotals.COLUMNS
          + " FROM ledger_rollups WHERE size = ? AND start = ? AND provider = ? AND model = ?"
          + " AND status = ? AND kind = ? AND principal = ? AND error_code = ? AND simulated = ?";

  private static final int KEY_COLUMNS = 9;

  private final Map<Slot, RollupTotals> waiting = new HashMap<>();
  private final PreparedStatement read;
  private final PreparedStatement write;
  private final PreparedStatement expire;
  private int calls;

  private record Slot(long minute, RollupKey key) {}

  /** Totals of nothing, to be written with a connection. */
  public Rollups(Connection connection) throws SQLException {
    read = connection.prepareStatement(READ);
    write =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO ledger_rollups ("
                + COLUMNS
                + ") VALUES ("
                + "?, ".repeat(KEY_COLUMNS + RollupTotals.COUNT - 1)
                + "?)");
    expire =
        connection.prepareStatement(
            "DELETE FROM ledger_rollups WHERE size = ?1 AND start ="
                + " (SELECT min(start) FROM ledger_rollups WHERE size = ?1) AND start < ?2");
  }

  /** The place of the last record that the stored totals have taken in. */
  public static long progress(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT place FROM ledger_progress WHERE name = '" + PROGRESS + "'")) {
      return row.next() ? row.getLong(1) : Place.of(1, 0);
    }
  }

  /** Adds a call that is recorded. */
  public void add(CallFacts call) {
    calls++;
    waiting
        .computeIfAbsent(
            new Slot(Bucket.MINUTE.start(call.createdAt()), call.key()), slot -> new RollupTotals())
        .add(call);
  }

  /** How many calls wait to be written. */
  public int waiting() {
    return calls;
  }

  /**
   * Writes what waits, inside the transaction that is open, and drops the oldest bucket of each
   * length that is past its time. {@link #written} must follow the commit.
   *
   * @param now in seconds since the epoch
   */
  public void write(long now) throws SQLException {
    Map<RollupRow, RollupTotals> rows = new HashMap<>();
    waiting.forEach((slot, totals) -> {
      for (Bucket bucket : Bucket.values()) {
        rows.computeIfAbsent(
                new RollupRow(bucket, bucket.floor(slot.minute()), slot.key()),
                row -> new RollupTotals())
            .add(totals);
      }
    });
    for (Map.Entry<RollupRow, RollupTotals> row : rows.entrySet()) {
      merge(row.getKey(), row.getValue());
    }
    for (Bucket bucket : List.of(Bucket.MINUTE, Bucket.HOUR)) {
      expire.setLong(1, bucket.seconds());
      expire.setLong(2, now - bucket.kept());
      expire.executeUpdate();
    }
  }

  /** Forgets what waited: it is stored now. */
  public void written() {
    waiting.clear();
    calls = 0;
  }

  private void merge(RollupRow row, RollupTotals totals) throws SQLException {
    setKey(read, row);
    try (ResultSet stored = read.executeQuery()) {
      if (stored.next()) {
        totals.add(stored, 1);
      }
    }
    setKey(write, row);
    totals.set(write, KEY_COLUMNS + 1);
    write.executeUpdate();
  }

  static void setKey(PreparedStatement statement, RollupRow row) throws SQLException {
    statement.setLong(1, row.bucket().seconds());
    statement.setLong(2, row.start());
    statement.setString(3, row.key().provider());
    statement.setString(4, row.key().model());
    statement.setString(5, row.key().status());
    statement.setString(6, row.key().kind());
    statement.setString(7, row.key().principal());
    statement.setString(8, row.key().errorCode());
    statement.setLong(9, row.key().simulated() ? 1 : 0);
  }
}
