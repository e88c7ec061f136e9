package dev.assay.core.outcome;

import java.util.Locale;

/** What the client got, as far as the door knows. */
public enum Delivered {
  /** All of it was handed to the client. */
  YES,
  /** The client left, or the stream broke, after the first content. */
  PARTIAL,
  /** The client had left before it got anything. */
  NO;

  /** The stable name, in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
