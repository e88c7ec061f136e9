package dev.assay.ledger.verify;

import dev.assay.core.time.Clock;
import dev.assay.ledger.record.Place;
import dev.assay.ledger.rollup.CallFacts;
import dev.assay.ledger.rollup.RecountedTotals;
import dev.assay.ledger.rollup.Rollups;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Adds the totals up again from the calls and compares them with the stored ones. A page of rows is
 * compared with the calls that the totals had taken in at that moment, so a writer may go on. Not
 * thread-safe.
 */
final class TotalsCheck {
  private static final int CALLS = 10_000;
  private static final int ROWS = 500;
  private static final int KEY_COLUMNS = Rollups.KEY.split(",").length;
  private static final String NEXT_CALLS =
      "SELECT "
          + CallFacts.COLUMNS
          + ", place FROM ledger_calls WHERE place > ? AND place <= ? ORDER BY place LIMIT "
          + CALLS;
  private static final int CALL_PLACE = CallFacts.COLUMNS.split(",").length + 1;
  private static final String FIRST_ROWS =
      "SELECT "
          + Rollups.COLUMNS
          + " FROM ledger_rollups ORDER BY "
          + Rollups.KEY
          + " LIMIT "
          + ROWS;
  private static final String NEXT_ROWS =
      "SELECT "
          + Rollups.COLUMNS
          + " FROM ledger_rollups WHERE ("
          + Rollups.KEY
          + ") > ("
          + String.join(", ", Collections.nCopies(KEY_COLUMNS, "?"))
          + ") ORDER BY "
          + Rollups.KEY
          + " LIMIT "
          + ROWS;
  private static final String UNHARMED =
      ". The recorded calls are not touched by it, only sums such as those of stats are. To have"
          + " them added up again, stop Assay, delete all rows of ledger_rollups and the row rollups"
          + " of ledger_progress, and start it";

  private final Connection connection;
  private final Clock clock;
  private final RecountedTotals recounted = new RecountedTotals();
  private List<Object> behind = List.of();
  private long added;
  private long rows;

  TotalsCheck(Connection connection, Clock clock) {
    this.connection = connection;
    this.clock = clock;
  }

  /** How many rows were compared. */
  long rows() {
    return rows;
  }

  /** Compares them all. */
  void run() throws SQLException, FlawException {
    while (addCalls() == CALLS) {
      connection.rollback();
    }
    boolean more = true;
    while (more) {
      connection.rollback();
      // How far the totals have come, and they, are read in one snapshot.
      addAllCalls();
      requireNotBeyond();
      more = compareRows() == ROWS;
    }
    requireRight(recounted.missing(connection, now()));
    connection.rollback();
  }

  private void addAllCalls() throws SQLException {
    int found = CALLS;
    while (found == CALLS) {
      found = addCalls();
    }
  }

  /** Adds the next calls that the stored totals have taken in. */
  private int addCalls() throws SQLException {
    long progress = Rollups.progress(connection);
    added = Math.max(added, Place.of(Place.writer(progress), 0));
    int found = 0;
    try (PreparedStatement statement = connection.prepareStatement(NEXT_CALLS)) {
      statement.setLong(1, added);
      statement.setLong(2, progress);
      try (ResultSet row = statement.executeQuery()) {
        long now = now();
        while (row.next()) {
          recounted.add(CallFacts.of(row), now);
          added = row.getLong(CALL_PLACE);
          found++;
        }
      }
    }
    return found;
  }

  private void requireNotBeyond() throws SQLException, FlawException {
    long progress = Rollups.progress(connection);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT last_seq FROM ledger_commits WHERE place < ? ORDER BY place DESC LIMIT 1")) {
      statement.setLong(1, Place.of(Place.writer(progress) + 1, 0));
      try (ResultSet row = statement.executeQuery()) {
        long end = row.next() ? row.getLong(1) : 0;
        if (Place.seq(progress) > end) {
          throw flaw(
              "ledger_progress says that the totals reach to record "
                  + Place.seq(progress)
                  + ", but the last one is "
                  + end);
        }
      }
    }
  }

  private int compareRows() throws SQLException, FlawException {
    int found = 0;
    try (PreparedStatement statement =
        connection.prepareStatement(behind.isEmpty() ? FIRST_ROWS : NEXT_ROWS)) {
      for (int i = 0; i < behind.size(); i++) {
        statement.setObject(i + 1, behind.get(i));
      }
      long now = now();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          requireRight(recounted.difference(row, now));
          behind = key(row);
          found++;
          rows++;
        }
      }
    }
    return found;
  }

  private static List<Object> key(ResultSet row) throws SQLException {
    List<Object> key = new ArrayList<>(KEY_COLUMNS);
    for (int i = 1; i <= KEY_COLUMNS; i++) {
      key.add(row.getObject(i));
    }
    return key;
  }

  private static void requireRight(Optional<String> wrong) throws FlawException {
    if (wrong.isPresent()) {
      throw flaw(wrong.get());
    }
  }

  private static FlawException flaw(String what) {
    return new FlawException(
        new Flaw(FlawKind.WRONG_TOTALS, "", 0, Optional.empty(), what + UNHARMED));
  }

  private long now() {
    return clock.now().getEpochSecond();
  }
}
