package dev.assay.ledger.file;

import dev.assay.core.bytes.Bytes;
import dev.assay.ledger.record.RecordDigests;
import dev.assay.ledger.record.RecordDigests.Origin;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Which ledger this is, and who writes it here.
 *
 * @param ledger the ledger
 * @param secret 32 random bytes that key the digests of bodies that are not stored
 * @param number the writer's number, the upper part of its records' places
 * @param writer the writer
 */
public record Identity(Origin ledger, Bytes secret, long number, Origin writer) {
  private static final int SECRET_BYTES = 32;
  private static final int NAME_BYTES = 6;

  // One process owns a home, so a ledger on SQLite has one writer of its own.
  private static final long NUMBER = 1;

  /** What stands before the writer's first commit. */
  public Bytes origin() {
    return RecordDigests.origin(ledger, writer, secret);
  }

  /**
   * Reads it, or makes it when the ledger is new.
   *
   * @param connection can write; in no transaction
   * @param now in microseconds since the epoch
   */
  public static Identity ensure(Connection connection, long now) throws SQLException {
    Optional<Identity> known = read(connection, NUMBER);
    if (known.isPresent()) {
      return known.get();
    }
    SecureRandom random = new SecureRandom();
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    Origin ledger = new Origin(name(random), now);
    Origin writer = new Origin(name(random), now);
    connection.setAutoCommit(false);
    insert(
        connection,
        "INSERT INTO ledger (id, secret, created_at) VALUES (?, ?, ?)",
        ledger.name(),
        secret,
        now);
    insert(
        connection,
        "INSERT INTO ledger_writers (number, name, created_at) VALUES (?, ?, ?)",
        NUMBER,
        writer.name(),
        now);
    connection.commit();
    connection.setAutoCommit(true);
    return new Identity(ledger, Bytes.wrap(secret), NUMBER, writer);
  }

  /** Reads it, as one of its writers sees it. */
  public static Optional<Identity> read(Connection connection, long number) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT l.id, l.secret, l.created_at, w.name, w.created_at"
                    + " FROM ledger l JOIN ledger_writers w ON w.number = "
                    + number)) {
      return row.next()
          ? Optional.of(
              new Identity(
                  new Origin(row.getString(1), row.getLong(3)),
                  Bytes.wrap(row.getBytes(2)),
                  number,
                  new Origin(row.getString(4), row.getLong(5))))
          : Optional.empty();
    }
  }

  private static String name(SecureRandom random) {
    byte[] name = new byte[NAME_BYTES];
    random.nextBytes(name);
    return HexFormat.of().formatHex(name);
  }

  private static void insert(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
