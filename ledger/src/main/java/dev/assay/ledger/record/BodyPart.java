package dev.assay.ledger.record;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A body of a record: what can be erased and leaves its commitment behind. */
public enum BodyPart {
  /** The request. */
  REQUEST,
  /** The response. */
  RESPONSE,
  /** The failure. */
  ERROR,
  /** The caller's metadata and what the ledger adds to it. */
  METADATA;

  /** The table of the bodies. */
  public static final String TABLE = "ledger_bodies";

  /** How many columns the bodies of a record take: a nonce and a body for each part. */
  public static final int COLUMNS = 2 * values().length;

  /** The columns of the bodies, in order. */
  public static List<String> columns() {
    return Arrays.stream(values())
        .flatMap(part -> Stream.of(part.nonceColumn(), part.column()))
        .toList();
  }

  /** The column of the body. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The column of the nonce. */
  public String nonceColumn() {
    return column() + "_nonce";
  }

  /** The column of the commitment in the record. */
  public String commitmentColumn() {
    return column() + "_commitment";
  }
}
