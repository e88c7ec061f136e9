package dev.assay.ledger.verify;

import dev.assay.core.bytes.Bytes;
import dev.assay.ledger.file.Identity;
import dev.assay.ledger.record.BodyPart;
import dev.assay.ledger.record.Place;
import dev.assay.ledger.record.RecordDigests;
import dev.assay.ledger.record.Times;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks along one writer's chain, as far as it is intact. Not thread-safe. */
final class WriterChain {
  private final Identity identity;
  private final List<ChainHead> known;
  private final RecordDigests digests = new RecordDigests();
  private Bytes previous;
  private long commits;
  private long records;
  private @Nullable Long firstTime;
  private @Nullable Long lastTime;

  /**
   * Before the first commit.
   *
   * @param known ends that the chain is known to have had
   */
  WriterChain(Identity identity, List<ChainHead> known) {
    this.identity = identity;
    this.known = known.stream().filter(head -> head.writer().equals(writer())).toList();
    this.previous = identity.origin();
  }

  /** The writer's name. */
  String writer() {
    return identity.writer().name();
  }

  /** How many commits are intact so far. */
  long commits() {
    return commits;
  }

  /** How many records are intact so far. */
  long records() {
    return records;
  }

  /** When the first intact commit was made. */
  Optional<Instant> firstTime() {
    return Optional.ofNullable(firstTime).map(Times::moment);
  }

  /** When the last intact commit was made. */
  Optional<Instant> lastTime() {
    return Optional.ofNullable(lastTime).map(Times::moment);
  }

  /** Where it ends so far. */
  ChainHead head() {
    return new ChainHead(writer(), commits, records, HexFormat.of().formatHex(previous.toArray()));
  }

  /**
   * Verifies the next records, in one snapshot.
   *
   * @param most about how many
   * @return whether there were any
   */
  boolean step(Connection connection, int most) throws SQLException, FlawException {
    List<StoredCommit> next = StoredCommit.next(connection, identity.number(), commits, most);
    if (next.isEmpty()) {
      requireEnd(connection);
      return false;
    }
    requireInOrder(next);
    StoredRecords stored =
        StoredRecords.read(
            connection,
            writer(),
            next.getFirst().format(),
            place(records + 1),
            place(next.getLast().commit().lastSeq()));
    for (StoredCommit commit : next) {
      verify(commit, stored);
    }
    return true;
  }

  private void requireInOrder(List<StoredCommit> next) throws FlawException {
    long number = commits;
    long seq = records;
    for (StoredCommit commit : next) {
      number++;
      if (commit.commit().number() != number) {
        throw flaw(FlawKind.MISSING_COMMIT, seq + 1, "Commit " + number + " is not there");
      }
      if (commit.format() < 1
          || commit.format() > RecordDigests.FORMAT
          || commit.commit().firstSeq() != seq + 1
          || commit.commit().lastSeq() <= seq) {
        throw flaw(
            FlawKind.CHANGED_COMMIT,
            seq + 1,
            "Commit " + number + " has another format or other records than it had");
      }
      seq = commit.commit().lastSeq();
    }
  }

  private void verify(StoredCommit commit, StoredRecords stored) throws FlawException {
    List<Bytes> all = new ArrayList<>();
    for (long seq = commit.commit().firstSeq(); seq <= commit.commit().lastSeq(); seq++) {
      all.add(verify(commit.format(), seq, stored));
    }
    Bytes digest = digests.commit(commit.format(), commit.commit(), writer(), previous, all);
    if (!digest.equals(commit.digest())) {
      throw flaw(
          commits == 0 ? FlawKind.CHANGED_ORIGIN : FlawKind.CHANGED_COMMIT,
          commit.commit().firstSeq(),
          "The digest of commit "
              + commit.commit().number()
              + " (records "
              + commit.commit().firstSeq()
              + " to "
              + commit.commit().lastSeq()
              + ") does not follow from its records, its columns and the commit before");
    }
    previous = digest;
    commits++;
    records += all.size();
    lastTime = commit.commit().committedAt();
    firstTime = firstTime == null ? lastTime : firstTime;
    requireKnown();
  }

  private Bytes verify(long format, long seq, StoredRecords stored) throws FlawException {
    long place = place(seq);
    StoredRecord record =
        stored
            .at(place)
            .orElseThrow(() -> flaw(FlawKind.MISSING_RECORD, seq, "The record is not there"));
    Bytes digest = digests.record(format, record.type(), writer(), seq, record.content());
    if (!digest.equals(record.digest())) {
      throw flaw(
          FlawKind.CHANGED_RECORD,
          seq,
          record,
          "A column of " + record.type().table() + ", or of its attempts, was changed");
    }
    Map<BodyPart, Bytes> bodies = stored.bodies(place);
    for (BodyPart part : BodyPart.values()) {
      verify(seq, record, part, bodies.get(part));
    }
    return digest;
  }

  private void verify(long seq, StoredRecord record, BodyPart part, @Nullable Bytes now)
      throws FlawException {
    Bytes then = record.commitments().get(part);
    if (then == null && now == null) {
      return;
    }
    if (then == null) {
      throw flaw(
          FlawKind.FOREIGN_ROW, seq, record, "A " + part.column() + " is there that never was");
    }
    if (now == null) {
      throw flaw(FlawKind.MISSING_BODY, seq, record, "The " + part.column() + " is not there");
    }
    if (!then.equals(now)) {
      throw flaw(FlawKind.CHANGED_BODY, seq, record, "The " + part.column() + " was changed");
    }
  }

  private void requireKnown() throws FlawException {
    for (ChainHead head : known) {
      if (head.commits() == commits && !head.equals(head())) {
        throw flaw(
            FlawKind.CHANGED_COMMIT,
            records,
            "Commit " + commits + " is another than it was known to be");
      }
    }
  }

  private void requireEnd(Connection connection) throws SQLException, FlawException {
    for (ChainHead head : known) {
      if (head.commits() > commits) {
        throw flaw(
            FlawKind.MISSING_TAIL,
            records + 1,
            "The chain ends with commit "
                + commits
                + ", but commit "
                + head.commits()
                + " is known to have been in it");
      }
    }
    // Also the place before the first record.
    requireNothing(connection, place(0), place(0));
    requireNothing(connection, place(records + 1), Place.of(identity.number() + 1, 0) - 1);
  }

  private void requireNothing(Connection connection, long first, long last)
      throws SQLException, FlawException {
    Optional<ForeignRows.Found> found = ForeignRows.first(connection, first, last);
    if (found.isPresent()) {
      throw flaw(
          FlawKind.FOREIGN_ROW,
          Place.seq(found.get().place()),
          "A row of " + found.get().table() + " belongs to no commit");
    }
  }

  private long place(long seq) {
    return Place.of(identity.number(), seq);
  }

  private FlawException flaw(FlawKind kind, long seq, String detail) {
    return new FlawException(new Flaw(kind, writer(), seq, Optional.empty(), detail));
  }

  private FlawException flaw(FlawKind kind, long seq, StoredRecord record, String detail) {
    return new FlawException(new Flaw(kind, writer(), seq, Optional.of(record.id()), detail));
  }
}
