package dev.assay.ledger.record;

import java.util.List;

/**
 * A kind of record, with the columns that are hashed, in the order in which they are hashed.
 *
 * <p>The order and the meaning of the columns belong to {@link RecordDigests#FORMAT}: whoever
 * changes them raises it. Each kind has a table with the same columns between {@code place} and
 * {@code digest}.
 */
public enum RecordType {
  /** A stream was about to show its first content. */
  START(
      "start",
      "ledger_starts",
      "call_id",
      "parent_id",
      "run_id",
      "step",
      "principal",
      "model",
      "group_name",
      "request_commitment",
      "metadata_commitment",
      "created_at",
      "user_id",
      "modality",
      "kind",
      "provider",
      "resolved_model",
      "simulated"),
  /** A call and what came of it, its attempts included. */
  CALL(
      "call",
      "ledger_calls",
      "id",
      "parent_id",
      "run_id",
      "step",
      "kind",
      "principal",
      "user_id",
      "leader_id",
      "provider",
      "model",
      "modality",
      "status",
      "delivered",
      "error_code",
      "latency_us",
      "ttft_us",
      "input_tokens",
      "cache_read_tokens",
      "cache_write_5m_tokens",
      "cache_write_1h_tokens",
      "output_tokens",
      "reasoning_tokens",
      "usage_provenance",
      "cost",
      "cost_estimated",
      "price_version",
      "request_hash",
      "simulated",
      "attempts",
      "group_name",
      "request_commitment",
      "response_commitment",
      "error_commitment",
      "metadata_commitment",
      "created_at",
      "input_audio_tokens",
      "output_audio_tokens"),
  /** A recorded outcome did not reach its client. */
  DELIVERY("delivery", "ledger_deliveries", "id", "call_id", "delivered", "created_at"),
  /** Something mutable was changed. */
  EVENT(
      "event",
      "ledger_events",
      "id",
      "event_type",
      "subject",
      "principal",
      "details",
      "created_at"),
  /** A call was judged. */
  SCORE(
      "score",
      "ledger_scores",
      "id",
      "call_id",
      "name",
      "value",
      "source",
      "comment",
      "created_at"),
  /** A blob that belongs to a call. */
  ARTIFACT(
      "artifact",
      "ledger_artifacts",
      "id",
      "call_id",
      "artifact_type",
      "uri",
      "content_type",
      "byte_size",
      "content_digest",
      "metadata_json",
      "created_at");

  /** The table of attempts, which are a part of their call's record. */
  public static final String ATTEMPT_TABLE = "ledger_attempts";

  /** The columns of an attempt that are hashed, in order. */
  public static final List<String> ATTEMPT_COLUMNS =
      List.of(
          "number",
          "role",
          "provider",
          "model",
          "endpoint",
          "http_status",
          "error_code",
          "retry_reason",
          "delay_us",
          "latency_us",
          "input_tokens",
          "cache_read_tokens",
          "cache_write_5m_tokens",
          "cache_write_1h_tokens",
          "output_tokens",
          "reasoning_tokens",
          "usage_provenance",
          "cost",
          "cost_estimated",
          "price_version",
          "provider_request_id",
          "sent_digest",
          "received_digest",
          "started_at",
          "input_audio_tokens",
          "output_audio_tokens");

  // Format 2 added who answers, and for whom, to the start.
  private static final long STARTS_SAY_WHO_ANSWERS = 2;
  private static final int FIRST_START_COLUMNS = 10;

  // Format 3 added the audio among the tokens to the call and its attempts.
  private static final long AUDIO_COUNTS = 3;
  private static final int AUDIO_COLUMNS = 2;

  private final String text;
  private final String table;

  // List.of gives an immutable list.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> columns;

  RecordType(String text, String table, String... columns) {
    this.text = text;
    this.table = table;
    this.columns = List.of(columns);
  }

  /** The stable name, which is hashed. */
  public String text() {
    return text;
  }

  /** The table that holds such records. */
  public String table() {
    return table;
  }

  /**
   * The columns that a format hashes, in order.
   *
   * @param format {@link RecordDigests#FORMAT} or an earlier one
   */
  public List<String> columns(long format) {
    return switch (this) {
      case START ->
          format < STARTS_SAY_WHO_ANSWERS ? columns.subList(0, FIRST_START_COLUMNS) : columns;
      case CALL -> withoutAudio(columns, format);
      case DELIVERY, EVENT, SCORE, ARTIFACT -> columns;
    };
  }

  /**
   * The columns of an attempt that a format hashes, in order.
   *
   * @param format {@link RecordDigests#FORMAT} or an earlier one
   */
  public static List<String> attemptColumns(long format) {
    return withoutAudio(ATTEMPT_COLUMNS, format);
  }

  private static List<String> withoutAudio(List<String> columns, long format) {
    return format < AUDIO_COUNTS ? columns.subList(0, columns.size() - AUDIO_COLUMNS) : columns;
  }

  /** The columns that are hashed, in order; the first is the identifier. */
  public List<String> columns() {
    return columns;
  }

  /** Where a column stands. */
  public int index(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("column: " + table + " has no " + column);
    }
    return index;
  }
}
