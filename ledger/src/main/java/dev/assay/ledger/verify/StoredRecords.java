package dev.assay.ledger.verify;

import dev.assay.core.bytes.Bytes;
import dev.assay.ledger.record.Body;
import dev.assay.ledger.record.BodyPart;
import dev.assay.ledger.record.Place;
import dev.assay.ledger.record.RecordDigests;
import dev.assay.ledger.record.RecordType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of a range as they are stored, and what their bodies would be committed to now. */
final class StoredRecords {
  private final Connection connection;
  private final String writer;
  private final long format;
  private final long first;
  private final long last;
  private final Map<Long, StoredRecord> records = new HashMap<>();
  private final Map<Long, List<@Nullable Object[]>> attempts = new HashMap<>();
  private final Map<Long, Map<BodyPart, Bytes>> bodies = new HashMap<>();

  private StoredRecords(Connection connection, String writer, long format, long first, long last) {
    this.connection = connection;
    this.writer = writer;
    this.format = format;
    this.first = first;
    this.last = last;
  }

  /**
   * Reads a range.
   *
   * @param format the format of its commits
   * @param first the first place
   * @param last the last place
   */
  static StoredRecords read(
      Connection connection, String writer, long format, long first, long last)
      throws SQLException, FlawException {
    StoredRecords range = new StoredRecords(connection, writer, format, first, last);
    range.readAttempts();
    for (RecordType type : RecordType.values()) {
      range.readRecords(type);
    }
    range.readBodies();
    range.requireNoOrphans();
    return range;
  }

  /** The record at a place. */
  Optional<StoredRecord> at(long place) {
    return Optional.ofNullable(records.get(place));
  }

  /** What the bodies at a place would be committed to now. */
  Map<BodyPart, Bytes> bodies(long place) {
    return bodies.getOrDefault(place, Map.of());
  }

  private void readAttempts() throws SQLException {
    scan(
        RecordType.ATTEMPT_TABLE,
        String.join(", ", RecordType.ATTEMPT_COLUMNS),
        "place, number",
        row ->
            attempts
                .computeIfAbsent(row.getLong(1), place -> new ArrayList<>())
                .add(
                    hashed(
                        RecordType.attemptColumns(format).size(),
                        values(row, RecordType.ATTEMPT_COLUMNS.size()))));
  }

  private void readRecords(RecordType type) throws SQLException, FlawException {
    List<Long> twice = new ArrayList<>();
    scan(
        type.table(),
        String.join(", ", type.columns()) + ", digest",
        "place",
        row -> {
          long place = row.getLong(1);
          if (records.put(place, record(type, row, place)) != null) {
            twice.add(place);
          }
        });
    if (!twice.isEmpty()) {
      long place = twice.getFirst();
      throw flaw(
          FlawKind.FOREIGN_ROW, place, "Two records have this place; one is in " + type.table());
    }
  }

  private StoredRecord record(RecordType type, ResultSet row, long place) throws SQLException {
    int count = type.columns().size();
    @Nullable Object[] values = values(row, count);
    List<@Nullable Object[]> own =
        type == RecordType.CALL ? attempts.getOrDefault(place, List.of()) : List.of();
    Map<BodyPart, Bytes> commitments = new EnumMap<>(BodyPart.class);
    for (BodyPart part : BodyPart.values()) {
      int index = type.columns().indexOf(part.commitmentColumn());
      if (index >= 0 && values[index] instanceof Bytes commitment) {
        commitments.put(part, commitment);
      }
    }
    byte[] digest = row.getBytes(count + 2);
    return new StoredRecord(
        type,
        String.valueOf(values[0]),
        RecordDigests.content(hashed(type.columns(format).size(), values), own),
        digest == null ? Bytes.EMPTY : Bytes.wrap(digest),
        commitments);
  }

  /** Those of the values that the format hashes: the first of them. */
  private static @Nullable Object[] hashed(int count, @Nullable Object[] values) {
    for (int i = count; i < values.length; i++) {
      if (values[i] != null) {
        // What the format does not know cannot have been recorded, so this matches no digest.
        return values;
      }
    }
    return count == values.length ? values : Arrays.copyOf(values, count);
  }

  private void readBodies() throws SQLException {
    scan(
        BodyPart.TABLE,
        String.join(", ", BodyPart.columns()),
        "place",
        row -> {
          Map<BodyPart, Bytes> commitments = new EnumMap<>(BodyPart.class);
          int column = 2;
          for (BodyPart part : BodyPart.values()) {
            byte[] nonce = row.getBytes(column);
            byte[] body = row.getBytes(column + 1);
            if (nonce != null || body != null) {
              commitments.put(part, commitment(nonce, body));
            }
            column += 2;
          }
          bodies.put(row.getLong(1), commitments);
        });
  }

  private static Bytes commitment(byte @Nullable [] nonce, byte @Nullable [] body) {
    // One without the other matches no commitment, as it should.
    return nonce == null || body == null
        ? Bytes.EMPTY
        : RecordDigests.commitment(new Body(Bytes.wrap(nonce), Bytes.wrap(body)));
  }

  private void requireNoOrphans() throws FlawException {
    for (long place : attempts.keySet()) {
      StoredRecord owner = records.get(place);
      if (owner == null || owner.type() != RecordType.CALL) {
        throw flaw(FlawKind.FOREIGN_ROW, place, "An attempt belongs to no call");
      }
    }
    for (long place : bodies.keySet()) {
      if (!records.containsKey(place)) {
        throw flaw(FlawKind.FOREIGN_ROW, place, "Bodies belong to no record");
      }
    }
  }

  private FlawException flaw(FlawKind kind, long place, String detail) {
    Optional<String> id = at(place).map(StoredRecord::id);
    return new FlawException(new Flaw(kind, writer, Place.seq(place), id, detail));
  }

  @FunctionalInterface
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void scan(String table, String columns, String order, RowReader reader)
      throws SQLException {
    String sql =
        "SELECT place, "
            + columns
            + " FROM "
            + table
            + " WHERE place BETWEEN ? AND ? ORDER BY "
            + order;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, first);
      statement.setLong(2, last);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          reader.read(row);
        }
      }
    }
  }

  private static @Nullable Object[] values(ResultSet row, int count) throws SQLException {
    @Nullable Object[] values = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (row.getObject(i + 2)) {
            case null -> null;
            case Integer number -> Long.valueOf(number);
            case byte[] bytes -> Bytes.wrap(bytes);
            case Object other -> other;
          };
    }
    return values;
  }
}
