package dev.assay.ledger.read;

import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.CallStatus;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.store.CallRow;
import dev.assay.core.store.StoredAttempt;
import dev.assay.core.usage.Usage;
import dev.assay.ledger.record.Place;
import dev.assay.ledger.record.Times;
import dev.assay.ledger.record.UsageColumns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns stored rows into values. */
final class CallRows {
  /** What {@link #call} reads, of {@code ledger_calls c} and {@code ledger_writers w}. */
  static final String CALL =
      "c.id, c.parent_id, c.run_id, c.step, c.kind, c.principal, c.user_id, c.leader_id,"
          + " c.provider, c.model, c.modality, c.status,"
          + " coalesce((SELECT d.delivered FROM ledger_deliveries d WHERE d.call_id = c.id"
          + " ORDER BY d.place DESC LIMIT 1), c.delivered) AS delivered,"
          + " c.error_code, c.latency_us, c.ttft_us, c.input_tokens, c.cache_read_tokens,"
          + " c.cache_write_5m_tokens, c.cache_write_1h_tokens, c.output_tokens,"
          + " c.reasoning_tokens, c.usage_provenance, c.cost, c.cost_estimated, c.price_version,"
          + " c.simulated, c.attempts, w.name AS writer, c.place, c.created_at,"
          + " c.input_audio_tokens, c.output_audio_tokens";

  private CallRows() {}

  static CallRow call(ResultSet row) throws SQLException {
    return new CallRow(
        UUID.fromString(row.getString("id")),
        text(row, "parent_id").map(UUID::fromString),
        text(row, "run_id"),
        text(row, "step"),
        CallKind.valueOf(upper(row, "kind")),
        row.getString("principal"),
        text(row, "user_id"),
        text(row, "leader_id").map(UUID::fromString),
        row.getString("provider"),
        row.getString("model"),
        row.getString("modality"),
        CallStatus.valueOf(upper(row, "status")),
        Delivered.valueOf(upper(row, "delivered")),
        text(row, "error_code"),
        number(row, "latency_us").map(CallRows::duration),
        number(row, "ttft_us").map(CallRows::duration),
        usage(row),
        UsageColumns.cost(nullable(row, "cost"), row.getLong("cost_estimated") != 0),
        text(row, "price_version"),
        row.getLong("simulated") != 0,
        number(row, "attempts").map(Long::intValue),
        row.getString("writer"),
        Place.seq(row.getLong("place")),
        Times.moment(row.getLong("created_at")));
  }

  static StoredAttempt attempt(ResultSet row) throws SQLException {
    return new StoredAttempt(
        row.getInt("number"),
        row.getString("role"),
        row.getString("provider"),
        row.getString("model"),
        text(row, "endpoint"),
        number(row, "http_status").map(Long::intValue),
        text(row, "error_code"),
        text(row, "retry_reason"),
        duration(row.getLong("delay_us")),
        duration(row.getLong("latency_us")),
        usage(row),
        UsageColumns.cost(nullable(row, "cost"), row.getLong("cost_estimated") != 0),
        text(row, "price_version"),
        text(row, "provider_request_id"),
        hex(row, "sent_digest"),
        hex(row, "received_digest"),
        Times.moment(row.getLong("started_at")));
  }

  static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static Usage usage(ResultSet row) throws SQLException {
    return new Usage(
        row.getLong("input_tokens"),
        row.getLong("cache_read_tokens"),
        row.getLong("cache_write_5m_tokens"),
        row.getLong("cache_write_1h_tokens"),
        row.getLong("output_tokens"),
        row.getLong("reasoning_tokens"),
        // Null, which reads as zero, where nobody counted it yet.
        row.getLong("input_audio_tokens"),
        row.getLong("output_audio_tokens"),
        UsageColumns.provenance(row.getString("usage_provenance")));
  }

  private static String upper(ResultSet row, String column) throws SQLException {
    return row.getString(column).toUpperCase(Locale.ROOT);
  }

  private static Duration duration(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  private static Optional<Long> number(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(nullable(row, column));
  }

  private static @Nullable Long nullable(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }

  static Optional<String> hex(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getBytes(column)).map(HexFormat.of()::formatHex);
  }
}
