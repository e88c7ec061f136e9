package dev.assay.ledger.record;

import dev.assay.core.bytes.Bytes;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The digests of the chain, all SHA-256 over values as {@link ValueWriter} writes them.
 *
 * <ul>
 *   <li>content = columns of the record, then those of its attempts;
 *   <li>record = format, kind, writer, seq, content;
 *   <li>commit = format, {@code commit}, writer, number, first and last seq, time, previous commit,
 *       other writers' heads, records in order;
 *   <li>the commit before the first is format, {@code ledger}, the ledger's identifier, the digest
 *       of its secret, the time it was made, writer, the time the writer was made.
 * </ul>
 *
 * <p>Format 2 hashes more columns of a start than format 1, format 3 more of a call and of an
 * attempt than format 2; a commit says which it has.
 *
 * <p>An instance keeps its buffers and is not thread-safe; the static methods are.
 */
public final class RecordDigests {
  /** The version of all this. */
  public static final long FORMAT = 3;

  // What stands before the first commit is hashed as it was when the ledger was made.
  private static final long ORIGIN_FORMAT = 1;

  /** How many bytes a digest has. */
  public static final int LENGTH = Sha256.LENGTH;

  private static final int LIKELY_CONTENT = 1024;
  private static final int LIKELY_RECORD = 256;

  private final MessageDigest digest = Sha256.fresh();
  private final ValueWriter values = new ValueWriter(LIKELY_RECORD);

  /** Digests that reuse memory. */
  public RecordDigests() {}

  /** The digest of what a record says, without its place in the chain. */
  public static Bytes content(@Nullable Object[] columns, List<@Nullable Object[]> attempts) {
    ValueWriter content = new ValueWriter(LIKELY_CONTENT).values(columns);
    for (@Nullable Object[] attempt : attempts) {
      content.values(attempt);
    }
    return sha256(content.written());
  }

  /** What stays of a body when it is erased. */
  public static Bytes commitment(Body body) {
    MessageDigest sha256 = Sha256.fresh();
    body.nonce().update(sha256);
    body.content().update(sha256);
    return Bytes.wrap(sha256.digest());
  }

  /** The digest of bytes. */
  public static Bytes sha256(Bytes bytes) {
    MessageDigest sha256 = Sha256.fresh();
    bytes.update(sha256);
    return Bytes.wrap(sha256.digest());
  }

  /** What stands before a writer's first commit. */
  public static Bytes origin(Origin ledger, Origin writer, Bytes secret) {
    return sha256(
        new ValueWriter(LIKELY_RECORD)
            .value(ORIGIN_FORMAT)
            .value("ledger")
            .value(ledger.name())
            .value(sha256(secret))
            .value(ledger.createdAt())
            .value(writer.name())
            .value(writer.createdAt())
            .written());
  }

  /**
   * A ledger or a writer.
   *
   * @param name its identifier
   * @param createdAt when it was made, in microseconds since the epoch
   */
  public record Origin(String name, long createdAt) {}

  /** The digest of a record in its place, in today's format. */
  public Bytes record(RecordType type, String writer, long seq, Bytes content) {
    return record(FORMAT, type, writer, seq, content);
  }

  /** The digest of a record in its place, in a format that is or was. */
  public Bytes record(long format, RecordType type, String writer, long seq, Bytes content) {
    values
        .reset()
        .value(format)
        .value(type.text())
        .value(writer)
        .value(seq)
        .value(content)
        .written()
        .update(digest);
    return Bytes.wrap(digest.digest());
  }

  /** The digest of a commit, in today's format. */
  public Bytes commit(Commit commit, String writer, Bytes previous, List<Bytes> records) {
    return commit(FORMAT, commit, writer, previous, records);
  }

  /** The digest of a commit, in a format that is or was. */
  public Bytes commit(
      long format, Commit commit, String writer, Bytes previous, List<Bytes> records) {
    values
        .reset()
        .value(format)
        .value("commit")
        .value(writer)
        .value(commit.number())
        .value(commit.firstSeq())
        .value(commit.lastSeq())
        .value(commit.committedAt())
        .value(previous)
        .value(commit.heads())
        .written()
        .update(digest);
    for (Bytes record : records) {
      record.update(digest);
    }
    return Bytes.wrap(digest.digest());
  }

  /**
   * A batch of records that became durable together.
   *
   * @param number its place among the writer's commits, from 1
   * @param firstSeq its first record
   * @param lastSeq its last record
   * @param heads the latest commits of the other writers; null when there are none
   * @param committedAt when, in microseconds since the epoch
   */
  public record Commit(
      long number, long firstSeq, long lastSeq, @Nullable Bytes heads, long committedAt) {}
}
