package dev.assay.core.outcome;

import java.util.Locale;

/** Why an attempt was made. */
public enum AttemptRole {
  /** The first, or again on the same model. */
  TRY,
  /** On another model, because the one before failed. */
  FALLBACK,
  /** Beside a slow one. */
  HEDGE;

  /** The stable name, in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
