package dev.assay.core.outcome;

import java.util.Locale;

/** What became of a call upstream. What the client got of it is {@link Delivered}. */
public enum CallStatus {
  /** An answer. */
  SUCCESS,
  /** A failure. */
  FAILED,
  /** Nothing was sent. */
  REFUSED,
  /** It was stopped because nobody needed the answer any more. */
  CANCELLED,
  /** The program stopped in the middle of it. */
  INTERRUPTED;

  /** The stable name, in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
