package dev.assay.ledger.write;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.time.Clock;
import dev.assay.ledger.file.Identity;
import dev.assay.ledger.record.Entries;
import dev.assay.ledger.record.Entry;
import dev.assay.ledger.record.Place;
import dev.assay.ledger.record.RecordDigests;
import dev.assay.ledger.record.RecordDigests.Commit;
import dev.assay.ledger.record.RecordType;
import dev.assay.ledger.record.Times;
import dev.assay.ledger.rollup.CallFacts;
import dev.assay.ledger.rollup.Rollups;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The end of the chain, where records are appended: a batch is one transaction and one flush to the
 * disk. After a failure it must be closed; {@link ReopeningChain} sees to that. Used by one thread
 * at a time.
 */
final class Chain implements AutoCloseable {
  /** The name of the row in {@code ledger_progress} before which no stream is open. */
  static final String OPEN_STARTS = "open_starts";

  private static final String PROBE = "probe";
  private static final int STARTED_CALL = RecordType.START.index("call_id");

  private static final int ADDED_UP = 10_000;
  private static final String BEHIND_ROLLUPS =
      "SELECT "
          + CallFacts.COLUMNS
          + ", place FROM ledger_calls WHERE place > ? AND place < ? ORDER BY place LIMIT "
          + ADDED_UP;
  private static final int BEHIND_PLACE = CallFacts.COLUMNS.split(",").length + 1;

  private final Connection connection;
  private final Identity identity;
  private final Clock clock;
  private final RecordDigests digests = new RecordDigests();
  private final RecordInserts inserts;
  private final RowInserts commits;
  private final Groups groups;
  private final Rollups rollups;
  private final PreparedStatement progress;
  private final Map<String, Long> openStarts = new LinkedHashMap<>();
  private Head head;
  private Head attempted;

  /** The last commit. */
  record Head(long number, long seq, Bytes digest) {}

  /**
   * The chain as it ends now.
   *
   * @param connection the writer's; it is closed with this
   */
  Chain(Connection connection, Identity identity, Clock clock, Entries entries)
      throws SQLException {
    this.connection = connection;
    this.identity = identity;
    this.clock = clock;
    connection.setAutoCommit(false);
    head = storedHead();
    attempted = head;
    inserts = new RecordInserts(connection);
    commits =
        new RowInserts(
            connection,
            "ledger_commits",
            List.of("place", "format", "first_seq", "last_seq", "heads", "committed_at", "digest"));
    groups = new Groups(connection, clock, entries);
    rollups = new Rollups(connection);
    progress =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO ledger_progress (name, place) VALUES (?, ?)");
    addUpCallsBehindRollups();
    findOpenStarts();
    connection.commit();
  }

  /**
   * Appends records; they are on disk when this returns.
   *
   * @param withRollups whether the totals that wait are written too
   */
  void append(List<Entry> entries, boolean withRollups) throws SQLException {
    List<Entry> all = joinGroups(entries);
    Head next = insert(all);
    groups.execute();
    if (withRollups) {
      writeRollups();
    }
    attempted = next;
    connection.commit();
    appended(all, next, withRollups);
  }

  /** Where it ends. */
  Head head() {
    return head;
  }

  /** Where the last commit brings it, also when it seems to have failed. */
  Head attempted() {
    return attempted;
  }

  /** Writes the totals that wait. */
  void flushRollups() throws SQLException {
    writeRollups();
    connection.commit();
    rollups.written();
  }

  /** The records that end the streams which were open when the program stopped. */
  List<Entry> interrupted(Entries entries) throws SQLException {
    List<Entry> ends = InterruptedStreams.ends(connection, entries);
    connection.rollback();
    return ends;
  }

  /** How many calls wait to be totalled. */
  int unrolled() {
    return rollups.waiting();
  }

  /** Tries a small write. */
  void probe() throws SQLException {
    setProgress(PROBE, Times.micros(clock.now()));
    connection.commit();
  }

  /** Whether a record is in the chain already. */
  boolean has(Entry entry) throws SQLException {
    String sql =
        "SELECT 1 FROM "
            + entry.type().table()
            + " WHERE "
            + entry.type().columns().getFirst()
            + " = ?";
    boolean found;
    try (PreparedStatement find = connection.prepareStatement(sql)) {
      find.setString(1, entry.id());
      try (ResultSet row = find.executeQuery()) {
        found = row.next();
      }
    }
    connection.rollback();
    return found;
  }

  @Override
  public void close() throws SQLException {
    // Its statements end with it.
    connection.close();
  }

  private List<Entry> joinGroups(List<Entry> entries) throws SQLException {
    List<Entry> all = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      if (entry.type() == RecordType.CALL) {
        // The group's making is told before its first member.
        groups.join(entry).ifPresent(all::add);
      }
      all.add(entry);
    }
    return all;
  }

  private Head insert(List<Entry> entries) throws SQLException {
    String writer = identity.writer().name();
    List<Bytes> records = new ArrayList<>(entries.size());
    long seq = head.seq();
    for (Entry entry : entries) {
      seq++;
      Bytes digest = digests.record(entry.type(), writer, seq, entry.content());
      records.add(digest);
      inserts.add(entry, Place.of(identity.number(), seq), digest);
    }
    inserts.execute();
    Commit commit =
        new Commit(head.number() + 1, head.seq() + 1, seq, null, Times.micros(clock.now()));
    Bytes digest = digests.commit(commit, writer, head.digest(), records);
    commits
        .set(Place.of(identity.number(), commit.number()))
        .set(RecordDigests.FORMAT)
        .set(commit.firstSeq())
        .set(commit.lastSeq())
        .set(commit.heads())
        .set(commit.committedAt())
        .set(digest)
        .end();
    commits.execute();
    return new Head(commit.number(), seq, digest);
  }

  private void appended(List<Entry> entries, Head next, boolean withRollups) {
    if (withRollups) {
      rollups.written();
    }
    long seq = head.seq();
    head = next;
    for (Entry entry : entries) {
      seq++;
      switch (entry.type()) {
        case START -> openStarts.put(entry.text(STARTED_CALL), seq);
        case CALL -> {
          openStarts.remove(entry.id());
          rollups.add(CallFacts.of(entry));
        }
        case DELIVERY, EVENT, SCORE, ARTIFACT -> {
          // Neither opens a stream nor is totalled.
        }
      }
    }
  }

  private void writeRollups() throws SQLException {
    rollups.write(clock.now().getEpochSecond());
    // The totals know nothing of the batch of this transaction.
    setProgress(Rollups.PROGRESS, Place.of(identity.number(), head.seq()));
    long oldest = openStarts.isEmpty() ? head.seq() + 1 : openStarts.values().iterator().next();
    setProgress(OPEN_STARTS, Place.of(identity.number(), oldest));
  }

  private void setProgress(String name, long place) throws SQLException {
    progress.setString(1, name);
    progress.setLong(2, place);
    progress.executeUpdate();
  }

  private Head storedHead() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT place, last_seq, digest FROM ledger_commits WHERE place BETWEEN "
                    + Place.of(identity.number(), 0)
                    + " AND "
                    + (Place.of(identity.number() + 1, 0) - 1)
                    + " ORDER BY place DESC LIMIT 1")) {
      return row.next()
          ? new Head(Place.seq(row.getLong(1)), row.getLong(2), Bytes.wrap(row.getBytes(3)))
          : new Head(0, 0, identity.origin());
    }
  }

  // Usually a few, but all of them when somebody has deleted the totals.
  private void addUpCallsBehindRollups() throws SQLException {
    long behind = Rollups.progress(connection);
    long before;
    do {
      if (rollups.waiting() >= ADDED_UP) {
        rollups.write(clock.now().getEpochSecond());
        setProgress(Rollups.PROGRESS, behind);
        connection.commit();
        rollups.written();
      }
      before = behind;
      behind = addUpNext(behind);
    } while (behind > before);
  }

  private long addUpNext(long behind) throws SQLException {
    long last = behind;
    try (PreparedStatement statement = connection.prepareStatement(BEHIND_ROLLUPS)) {
      statement.setLong(1, behind);
      statement.setLong(2, Place.of(identity.number() + 1, 0));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rollups.add(CallFacts.of(row));
          last = row.getLong(BEHIND_PLACE);
        }
      }
    }
    return last;
  }

  private void findOpenStarts() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(InterruptedStreams.OPEN)) {
      while (row.next()) {
        openStarts.put(row.getString(1), Place.seq(row.getLong(2)));
      }
    }
  }
}
