package dev.assay.ledger.read;

import dev.assay.core.store.CallPage;
import dev.assay.core.store.CallQuery;
import dev.assay.core.store.CallRow;
import dev.assay.core.time.Clock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads a page of calls in steps, each over a bounded number of candidates and in a snapshot of its
 * own, so that a filter that matches next to nothing blocks nobody. When the time is up, the page
 * holds what was found and says where to go on.
 */
final class CallPages {
  // The first step is small, because most filters match soon.
  private static final int FIRST_STEP = 1_000;
  private static final int GREATEST_STEP = 16_000;
  private static final String LAST = "~";

  private final ReaderPool pool;
  private final Clock clock;
  private final Duration patience;

  /**
   * A reader of pages.
   *
   * @param patience after how long a page ends early
   */
  CallPages(ReaderPool pool, Clock clock, Duration patience) {
    this.pool = pool;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * The candidates of one step.
   *
   * @param before they are older than this identifier
   * @param from the oldest of them; empty when they reach to the end
   */
  private record Step(String before, Optional<String> from) {}

  CallPage page(CallQuery query) {
    CallSelection selection = CallSelection.of(query.filter());
    long began = clock.nanos();
    int size = FIRST_STEP;
    List<CallRow> found = new ArrayList<>();
    String before = query.before().map(UUID::toString).orElse(LAST);
    while (true) {
      int missing = query.limit() - found.size() + 1;
      String older = before;
      int candidates = size;
      Step step = pool.read(connection -> step(connection, selection, older, candidates));
      found.addAll(pool.read(connection -> calls(connection, selection, step, missing)));
      if (found.size() > query.limit()) {
        return full(found, query.limit());
      }
      if (step.from().isEmpty()) {
        return new CallPage(found, Optional.empty());
      }
      before = step.from().get();
      if (clock.since(began).compareTo(patience) > 0) {
        return new CallPage(found, Optional.of(UUID.fromString(before)));
      }
      size = Math.min(size * 4, GREATEST_STEP);
    }
  }

  private static CallPage full(List<CallRow> found, int limit) {
    List<CallRow> page = found.subList(0, limit);
    return new CallPage(page, Optional.of(page.getLast().id()));
  }

  private static Step step(
      Connection connection, CallSelection selection, String before, int candidates)
      throws SQLException {
    if (selection.tests().isEmpty()) {
      return new Step(before, Optional.empty());
    }
    Conditions conditions = new Conditions().and(selection.candidates()).and("c.id < ?", before);
    String sql =
        "SELECT c.id FROM ledger_calls c"
            + conditions.where()
            + " ORDER BY c.id DESC LIMIT 1 OFFSET "
            + (candidates - 1);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      conditions.set(statement);
      try (ResultSet row = statement.executeQuery()) {
        return new Step(before, row.next() ? Optional.of(row.getString(1)) : Optional.empty());
      }
    }
  }

  private static List<CallRow> calls(
      Connection connection, CallSelection selection, Step step, int most) throws SQLException {
    Conditions conditions =
        new Conditions()
            .and(selection.candidates())
            .and(selection.tests())
            .and("c.id < ?", step.before());
    step.from().ifPresent(from -> conditions.and("c.id >= ?", from));
    String sql =
        "SELECT "
            + CallRows.CALL
            + " FROM ledger_calls c JOIN ledger_writers w ON w.number = c.place >> 48"
            + conditions.where()
            + " ORDER BY c.id DESC LIMIT "
            + most;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      conditions.set(statement);
      List<CallRow> calls = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          calls.add(CallRows.call(row));
        }
      }
      return calls;
    }
  }
}
