package dev.assay.ledger.record;

/**
 * Where a record stands: {@code writer * 2^48 + seq}, the key of its row. So the identity of a
 * record is its row number, and a new record is always appended to the end of its table.
 */
public final class Place {
  private static final int SEQ_BITS = 48;

  private Place() {}

  /** The place of a writer's record. */
  public static long of(long writer, long seq) {
    return (writer << SEQ_BITS) | seq;
  }

  /** The number of the writer. */
  public static long writer(long place) {
    return place >> SEQ_BITS;
  }

  /** The place among the writer's records. */
  public static long seq(long place) {
    return place & ((1L << SEQ_BITS) - 1);
  }
}
