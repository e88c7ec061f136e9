package dev.assay.core.outcome;

import java.util.Locale;

/** How a call was answered. Only {@link #PROVIDER} rows carry money. */
public enum CallKind {
  /** By a provider. */
  PROVIDER,
  /** By a strategy, from child calls. */
  STRATEGY,
  /** From the answer cache. */
  CACHED,
  /** By another call in flight that asked the same. */
  COALESCED,
  /** Not at all: it was refused before anything was sent. */
  REFUSED;

  /** The stable name, in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
