package dev.assay.ledger.read;

import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallSummary;
import dev.assay.core.store.CallSummary.ModelTotals;
import dev.assay.core.time.Clock;
import dev.assay.ledger.record.Place;
import dev.assay.ledger.rollup.CallFacts;
import dev.assay.ledger.rollup.RollupKey;
import dev.assay.ledger.rollup.RollupTotals;
import dev.assay.ledger.rollup.Rollups;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up the stored totals, and the few calls that are not in them yet, in one snapshot. */
final class Summaries {
  private static final int KEY_COLUMNS = 7;

  private final ReaderPool pool;
  private final Clock clock;

  Summaries(ReaderPool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  private record ModelKey(String provider, String model) {}

  CallSummary of(CallFilter filter) {
    if (filter.parentId().isPresent() || filter.runId().isPresent()) {
      throw new IllegalArgumentException("filter: totals know neither parent nor run");
    }
    if (filter.group().isPresent()) {
      throw new IllegalArgumentException("filter: totals know no group");
    }
    BucketRange.Cover cover = BucketRange.cover(filter, clock.now());
    return pool.read(connection -> read(connection, filter, cover));
  }

  private static CallSummary read(Connection connection, CallFilter filter, BucketRange.Cover cover)
      throws SQLException {
    TotalsSum all = new TotalsSum();
    Map<ModelKey, TotalsSum> models = new HashMap<>();
    Conditions key = conditions(filter, "");
    for (BucketRange range : cover.ranges()) {
      addStored(connection, range, key, all, models);
    }
    addUnrolled(connection, cover, conditions(filter, ""), all, models);
    return new CallSummary(
        all.totals(),
        sorted(models),
        cover.since().map(Instant::ofEpochSecond),
        cover.until().map(Instant::ofEpochSecond));
  }

  private static Conditions conditions(CallFilter filter, String prefix) {
    Conditions key = CallSelection.ofKey(filter, prefix);
    filter.status().ifPresent(status -> key.and(prefix + "status = ?", status.text()));
    return key;
  }

  private static void addStored(
      Connection connection,
      BucketRange range,
      Conditions key,
      TotalsSum all,
      Map<ModelKey, TotalsSum> models)
      throws SQLException {
    Conditions conditions =
        new Conditions()
            .and("size = ?", range.bucket().seconds())
            .and("start >= ?", range.start())
            .and("start < ?", range.end())
            .and(key);
    String sql =
        "SELECT provider, model, status, kind, principal, error_code, simulated, "
            + RollupTotals.COLUMNS
            + " FROM ledger_rollups"
            + conditions.where();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      conditions.set(statement);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          RollupTotals totals = new RollupTotals();
          totals.add(row, KEY_COLUMNS + 1);
          add(key(row), totals, all, models);
        }
      }
    }
  }

  private static RollupKey key(ResultSet row) throws SQLException {
    return new RollupKey(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getLong(7) != 0);
  }

  private static void addUnrolled(
      Connection connection,
      BucketRange.Cover cover,
      Conditions key,
      TotalsSum all,
      Map<ModelKey, TotalsSum> models)
      throws SQLException {
    long rolled = Rollups.progress(connection);
    Conditions conditions =
        new Conditions()
            .and("place > ?", rolled)
            .and("place < ?", Place.of(Place.writer(rolled) + 1, 0))
            .and(key);
    String sql = "SELECT " + CallFacts.COLUMNS + " FROM ledger_calls" + conditions.where();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      conditions.set(statement);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          CallFacts call = CallFacts.of(row);
          if (cover.contains(call.createdAt())) {
            RollupTotals totals = new RollupTotals();
            totals.add(call);
            add(call.key(), totals, all, models);
          }
        }
      }
    }
  }

  private static void add(
      RollupKey key, RollupTotals totals, TotalsSum all, Map<ModelKey, TotalsSum> models) {
    all.add(key, totals);
    models
        .computeIfAbsent(new ModelKey(key.provider(), key.model()), model -> new TotalsSum())
        .add(key, totals);
  }

  private static List<ModelTotals> sorted(Map<ModelKey, TotalsSum> models) {
    return models.entrySet().stream()
        .map(entry ->
            new ModelTotals(
                entry.getKey().provider(), entry.getKey().model(), entry.getValue().totals()))
        .sorted(
            Comparator.comparingLong((ModelTotals model) -> model.totals().calls())
                .reversed()
                .thenComparing(ModelTotals::provider)
                .thenComparing(ModelTotals::model))
        .toList();
  }
}
