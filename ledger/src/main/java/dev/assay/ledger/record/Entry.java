package dev.assay.ledger.record;

import dev.assay.core.bytes.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way into the chain: everything but its place. It is made, scrubbed and hashed on
 * the thread of whoever records, so that the one writer has little left to do. Immutable.
 */
public final class Entry {
  private static final long ROW_BYTES = 1_000;

  private final RecordType type;
  private final @Nullable Object[] values;
  private final List<@Nullable Object[]> attempts;
  private final Bodies bodies;
  private final List<SideRow> sides;
  private final Bytes content;

  /**
   * An entry; it takes the arrays over.
   *
   * @param type what it is
   * @param values the columns of {@link RecordType#columns()}: {@link Long}, {@link Double}, {@link
   *     String}, {@link Bytes} or null
   * @param attempts the columns of {@link RecordType#ATTEMPT_COLUMNS}, of each attempt
   * @param bodies the bodies; their commitments are among the columns
   */
  public Entry(
      RecordType type,
      @Nullable Object[] values,
      List<@Nullable Object[]> attempts,
      Bodies bodies) {
    this(type, values, attempts, bodies, List.of());
  }

  /**
   * An entry with rows beside it; it takes the arrays over.
   *
   * @param sides what is written together with it and is no part of the record
   */
  public Entry(
      RecordType type,
      @Nullable Object[] values,
      List<@Nullable Object[]> attempts,
      Bodies bodies,
      List<SideRow> sides) {
    if (values.length != type.columns().size()) {
      throw new IllegalArgumentException("values: " + type.table() + " has other columns");
    }
    this.type = type;
    this.values = values;
    this.attempts = attempts;
    this.bodies = bodies;
    this.sides = List.copyOf(sides);
    this.content = RecordDigests.content(values, attempts);
  }

  /** What it is. */
  public RecordType type() {
    return type;
  }

  /** The first column, which identifies it among its kind. */
  public String id() {
    return text(0);
  }

  /** A column; the index is {@link RecordType#index}. */
  public @Nullable Object value(int index) {
    return values[index];
  }

  /** A column of text that is not null. */
  public String text(int index) {
    if (values[index] instanceof String text) {
      return text;
    }
    throw new IllegalStateException(type.columns().get(index) + " is no text");
  }

  /** A column of a number that is not null. */
  public long number(int index) {
    if (values[index] instanceof Long number) {
      return number;
    }
    throw new IllegalStateException(type.columns().get(index) + " is no number");
  }

  /** The attempts' columns; they must not be changed. */
  public List<@Nullable Object[]> attempts() {
    return attempts;
  }

  /** The bodies. */
  public Bodies bodies() {
    return bodies;
  }

  /** What is written together with it and is no part of the record. */
  public List<SideRow> sides() {
    return sides;
  }

  /** The digest of what it says. */
  public Bytes content() {
    return content;
  }

  /** About how many bytes it takes, in memory and on disk. */
  public long size() {
    long beside = 0;
    for (SideRow row : sides) {
      beside += row.size();
    }
    return ROW_BYTES + bodies.size() + ROW_BYTES * attempts.size() + beside;
  }
}
