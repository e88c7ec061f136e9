package dev.assay.core.outcome;

import java.util.Locale;

/** Who can do something about a failure. */
public enum Blame {
  /** Whoever sent the request. */
  CALLER,
  /** The provider that was asked. */
  PROVIDER,
  /** The way to the provider. */
  NETWORK,
  /** This program or its configuration. */
  ASSAY;

  /** The stable name, in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
