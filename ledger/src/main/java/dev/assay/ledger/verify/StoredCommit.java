package dev.assay.ledger.verify;

import dev.assay.core.bytes.Bytes;
import dev.assay.ledger.record.Place;
import dev.assay.ledger.record.RecordDigests.Commit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A commit as it is stored.
 *
 * @param commit what it says
 * @param format the version of its digests
 * @param digest its digest
 */
record StoredCommit(Commit commit, long format, Bytes digest) {
  private static final String NEXT =
      "SELECT place, format, first_seq, last_seq, heads, committed_at, digest FROM ledger_commits"
          + " WHERE place > ? AND place < ? ORDER BY place LIMIT ?";

  /** How many records it says that it has. */
  long size() {
    return Math.max(0, commit.lastSeq() - commit.firstSeq() + 1);
  }

  /**
   * The commits behind one, of one format, as many as have a number of records, but one at least.
   */
  static List<StoredCommit> next(Connection connection, long writer, long behind, int records)
      throws SQLException {
    List<StoredCommit> commits = new ArrayList<>();
    long sum = 0;
    try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
      statement.setLong(1, Place.of(writer, behind));
      statement.setLong(2, Place.of(writer + 1, 0));
      statement.setInt(3, records);
      try (ResultSet row = statement.executeQuery()) {
        while (sum < records && row.next()) {
          StoredCommit commit = read(row);
          if (!commits.isEmpty() && commit.format() != commits.getFirst().format()) {
            return commits;
          }
          commits.add(commit);
          sum += commit.size();
        }
      }
    }
    return commits;
  }

  private static StoredCommit read(ResultSet row) throws SQLException {
    byte[] heads = row.getBytes(5);
    Commit commit =
        new Commit(
            Place.seq(row.getLong(1)),
            row.getLong(3),
            row.getLong(4),
            heads == null ? null : Bytes.wrap(heads),
            row.getLong(6));
    byte[] digest = row.getBytes(7);
    return new StoredCommit(
        commit, row.getLong(2), digest == null ? Bytes.EMPTY : Bytes.wrap(digest));
  }
}
