package dev.assay.ledger.rollup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Totals added up again from the calls, as many rows as are stored and readable: minutes and hours
 * that are past their time are in the days. Its memory grows with the rows, not with the calls. Not
 * thread-safe.
 */
public final class RecountedTotals {
  private static final int KEY_COLUMNS = 9;

  private final Map<RollupRow, Recount> rows = new HashMap<>();

  /** Of no calls. */
  public RecountedTotals() {}

  /**
   * Adds a call.
   *
   * @param now in seconds since the epoch
   */
  public void add(CallFacts call, long now) {
    for (Bucket bucket : Bucket.values()) {
      RollupRow row = new RollupRow(bucket, bucket.start(call.createdAt()), call.key());
      if (readable(row, now)) {
        rows.computeIfAbsent(row, same -> new Recount()).add(call);
      }
    }
  }

  /**
   * What is wrong with a stored row; empty when nothing is, or when it is past its time.
   *
   * @param stored a row of {@link Rollups#COLUMNS}
   * @param now in seconds since the epoch
   */
  public Optional<String> difference(ResultSet stored, long now) throws SQLException {
    Optional<RollupRow> row = row(stored);
    if (row.isEmpty()) {
      return Optional.of(
          "A row of ledger_rollups is about "
              + stored.getLong(1)
              + " seconds, of which there are no totals");
    }
    if (!readable(row.get(), now)) {
      return Optional.empty();
    }
    Recount recount = rows.get(row.get());
    Optional<String> difference =
        recount == null
            ? Optional.of("has a row, but there are no such calls")
            : recount.difference(stored, KEY_COLUMNS + 1);
    return difference.map(what -> described(row.get()) + ": " + what);
  }

  /**
   * The first of the rows that were not compared yet, and should be, that is not stored as it
   * should be.
   */
  public Optional<String> missing(Connection connection, long now) throws SQLException {
    List<RollupRow> left =
        rows.entrySet().stream()
            .filter(entry -> !entry.getValue().compared() && readable(entry.getKey(), now))
            .map(Map.Entry::getKey)
            .sorted(
                Comparator.comparing(RollupRow::bucket)
                    .reversed()
                    .thenComparingLong(RollupRow::start))
            .toList();
    try (PreparedStatement read = connection.prepareStatement(Rollups.READ)) {
      for (RollupRow row : left) {
        Rollups.setKey(read, row);
        try (ResultSet stored = read.executeQuery()) {
          Recount recount = Objects.requireNonNull(rows.get(row));
          Optional<String> wrong =
              stored.next()
                  ? recount.difference(stored, 1)
                  : Optional.of("there is no row for its " + recount.calls() + " calls");
          if (wrong.isPresent()) {
            return wrong.map(what -> described(row) + ": " + what);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean readable(RollupRow row, long now) {
    return row.bucket().readable() == Long.MAX_VALUE
        || row.start() >= now - row.bucket().readable();
  }

  private static Optional<RollupRow> row(ResultSet stored) throws SQLException {
    long size = stored.getLong(1);
    for (Bucket bucket : Bucket.values()) {
      if (bucket.seconds() == size) {
        return Optional.of(
            new RollupRow(
                bucket,
                stored.getLong(2),
                new RollupKey(
                    stored.getString(3),
                    stored.getString(4),
                    stored.getString(5),
                    stored.getString(6),
                    stored.getString(7),
                    stored.getString(8),
                    stored.getLong(9) != 0)));
      }
    }
    return Optional.empty();
  }

  private static String described(RollupRow row) {
    RollupKey key = row.key();
    return "ledger_rollups, the "
        + row.bucket().name().toLowerCase(Locale.ROOT)
        + " from "
        + Instant.ofEpochSecond(row.start())
        + " of "
        + (key.provider().isEmpty() ? "no provider" : key.provider() + "/" + key.model())
        + ", "
        + key.status();
  }
}
