package dev.assay.ledger.read;

import dev.assay.core.model.Principal;
import dev.assay.core.request.WireFormat;
import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallPage;
import dev.assay.core.store.CallQuery;
import dev.assay.core.store.CallRow;
import dev.assay.core.store.CallSummary;
import dev.assay.core.store.Calls;
import dev.assay.core.store.StoredAttempt;
import dev.assay.core.store.StoredCall;
import dev.assay.core.store.StoredForm;
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

/** Reads calls through a pool of connections. */
public final class SqliteCalls implements Calls {
  private static final String FIND =
      "SELECT "
          + CallRows.CALL
          + ", CAST(coalesce(b.request, (SELECT sb.request FROM ledger_starts s"
          + " JOIN ledger_bodies sb ON sb.place = s.place WHERE s.call_id = c.id)) AS TEXT)"
          + " AS request, CAST(b.response AS TEXT) AS response, CAST(b.error AS TEXT) AS error,"
          + " CAST(b.metadata AS TEXT) AS metadata, c.request_hash,"
          + " iif(json_valid(CAST(b.metadata AS TEXT)),"
          + " CAST(b.metadata AS TEXT) ->> '$.assay.format', NULL) AS format,"
          + " iif(json_valid(CAST(b.metadata AS TEXT)),"
          + " CAST(b.metadata AS TEXT) ->> '$.assay.streamed', 0) AS streamed"
          + " FROM ledger_calls c JOIN ledger_writers w ON w.number = c.place >> 48"
          + " LEFT JOIN ledger_bodies b ON b.place = c.place WHERE c.id = ?";
  private static final String RESPONSE =
      "SELECT call_id FROM ledger_responses WHERE response_id = ? AND (principal = ? OR ? = '"
          + Principal.HOST.name()
          + "')";
  private static final String ATTEMPTS =
      "SELECT a.* FROM ledger_attempts a JOIN ledger_calls c ON c.place = a.place WHERE c.id = ?"
          + " ORDER BY a.number";

  private final ReaderPool pool;
  private final CallPages pages;
  private final Summaries summaries;

  /**
   * A reader.
   *
   * @param patience after how long a page ends early
   */
  public SqliteCalls(ReaderPool pool, Clock clock, Duration patience) {
    this.pool = pool;
    this.pages = new CallPages(pool, clock, patience);
    this.summaries = new Summaries(pool, clock);
  }

  @Override
  public Optional<StoredCall> find(UUID id) {
    return pool.read(connection -> find(connection, id.toString()));
  }

  @Override
  public Optional<StoredCall> response(String responseId, Principal principal) {
    return pool.read(connection -> {
      Optional<String> call = callOf(connection, responseId, principal);
      return call.isEmpty() ? Optional.empty() : find(connection, call.get());
    });
  }

  private static Optional<String> callOf(
      Connection connection, String responseId, Principal principal) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RESPONSE)) {
      statement.setString(1, responseId);
      statement.setString(2, principal.name());
      statement.setString(3, principal.name());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  @Override
  public CallPage list(CallQuery query) {
    return pages.page(query);
  }

  @Override
  public CallSummary summary(CallFilter filter) {
    return summaries.of(filter);
  }

  private static Optional<StoredCall> find(Connection connection, String id) throws SQLException {
    List<StoredAttempt> attempts = attempts(connection, id);
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, id);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        CallRow call = CallRows.call(row);
        return Optional.of(
            new StoredCall(
                call,
                CallRows.text(row, "request"),
                CallRows.text(row, "response"),
                CallRows.text(row, "error"),
                CallRows.text(row, "metadata"),
                attempts,
                form(row),
                CallRows.hex(row, "request_hash")));
      }
    }
  }

  private static Optional<StoredForm> form(ResultSet row) throws SQLException {
    boolean streamed = row.getBoolean("streamed");
    return CallRows.text(row, "format")
        .flatMap(WireFormat::of)
        .map(format -> new StoredForm(format, streamed));
  }

  private static List<StoredAttempt> attempts(Connection connection, String id)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ATTEMPTS)) {
      statement.setString(1, id);
      List<StoredAttempt> attempts = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          attempts.add(CallRows.attempt(row));
        }
      }
      return attempts;
    }
  }
}
