package dev.assay.ledger.rollup;

import dev.assay.ledger.record.Entry;
import dev.assay.ledger.record.RecordType;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What totals take in of a call.
 *
 * @param key what it is counted under
 * @param createdAt when it came in, in microseconds since the epoch
 * @param tokens its tokens
 * @param cost what it cost in 10⁻¹² USD; null when unknown
 * @param latency in microseconds; null when it says nothing: it was refused or interrupted
 */
public record CallFacts(
    RollupKey key, long createdAt, Tokens tokens, @Nullable Long cost, @Nullable Long latency) {
  /** The columns that {@link #of(ResultSet)} reads, in order. */
  public static final String COLUMNS =
      "provider, model, status, kind, principal, error_code, simulated, created_at, input_tokens,"
          + " cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens,"
          + " reasoning_tokens, cost, latency_us, input_audio_tokens, output_audio_tokens";

  private static final int PROVIDER = RecordType.CALL.index("provider");
  private static final int MODEL = RecordType.CALL.index("model");
  private static final int STATUS = RecordType.CALL.index("status");
  private static final int KIND = RecordType.CALL.index("kind");
  private static final int PRINCIPAL = RecordType.CALL.index("principal");
  private static final int ERROR = RecordType.CALL.index("error_code");
  private static final int SIMULATED = RecordType.CALL.index("simulated");
  private static final int CREATED = RecordType.CALL.index("created_at");
  private static final int INPUT = RecordType.CALL.index("input_tokens");
  private static final int AUDIO = RecordType.CALL.index("input_audio_tokens");
  private static final int COST = RecordType.CALL.index("cost");
  private static final int LATENCY = RecordType.CALL.index("latency_us");

  /**
   * Tokens by class.
   *
   * @param input input tokens that touched no cache
   * @param cacheRead input tokens read from a cache
   * @param cacheWrite5m input tokens written to a five-minute cache
   * @param cacheWrite1h input tokens written to a one-hour cache
   * @param output output tokens, reasoning included
   * @param reasoning how many of those were reasoning
   * @param inputAudio how many of the input tokens were audio
   * @param outputAudio how many of the output tokens were audio
   */
  public record Tokens(
      long input,
      long cacheRead,
      long cacheWrite5m,
      long cacheWrite1h,
      long output,
      long reasoning,
      long inputAudio,
      long outputAudio) {}

  /** The facts of a call that is being recorded. */
  public static CallFacts of(Entry call) {
    String status = call.text(STATUS);
    RollupKey key =
        new RollupKey(
            call.text(PROVIDER),
            call.text(MODEL),
            status,
            call.text(KIND),
            call.text(PRINCIPAL),
            call.value(ERROR) instanceof String code ? code : "",
            call.value(SIMULATED) instanceof Long simulated && simulated != 0);
    Tokens tokens =
        new Tokens(
            call.number(INPUT),
            call.number(INPUT + 1),
            call.number(INPUT + 2),
            call.number(INPUT + 3),
            call.number(INPUT + 4),
            call.number(INPUT + 5),
            call.number(AUDIO),
            call.number(AUDIO + 1));
    return new CallFacts(
        key,
        call.number(CREATED),
        tokens,
        call.value(COST) instanceof Long cost ? cost : null,
        call.value(LATENCY) instanceof Long latency && key.timed() ? latency : null);
  }

  /** The facts of a stored call, from a row of {@link #COLUMNS}. */
  public static CallFacts of(ResultSet row) throws SQLException {
    String code = row.getString(6);
    RollupKey key =
        new RollupKey(
            row.getString(1),
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.getString(5),
            code == null ? "" : code,
            row.getLong(7) != 0);
    Tokens tokens =
        new Tokens(
            row.getLong(9),
            row.getLong(10),
            row.getLong(11),
            row.getLong(12),
            row.getLong(13),
            row.getLong(14),
            row.getLong(17),
            row.getLong(18));
    Long latency = number(row, 16);
    return new CallFacts(
        key, row.getLong(8), tokens, number(row, 15), key.timed() ? latency : null);
  }

  private static @Nullable Long number(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }
}
