package dev.assay.providers.sim;

import java.util.Locale;

/** A way in which an attempt on {@code sim/flaky} goes wrong. */
public enum Fault {
  /** 429, with a {@code Retry-After} of one to five seconds. */
  RATE_LIMITED,
  /** 500. */
  SERVER_ERROR,
  /** 503 or 529, one as often as the other. */
  OVERLOADED,
  /** No answer at all, until the patience of the settings is over. */
  FIRST_BYTE_TIMEOUT,
  /** An answer that stops in the middle, until the patience of the settings is over. */
  IDLE_TIMEOUT,
  /** A connection that breaks in the middle of the answer. */
  CONNECTION_LOST,
  /** Broken JSON inside the answer when JSON was asked for; otherwise an answer that is none. */
  MALFORMED,
  /** An answer that ends in the middle with the finish reason {@code length}. */
  TRUNCATED,
  /** A refusal instead of an answer. */
  REFUSED;

  /** The stable name, in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
