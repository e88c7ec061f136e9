package dev.assay.web.api;

import java.util.Locale;

/** Why a request was refused without a record. Such refusals are only counted. */
public enum Unrecorded {
  /** It came from a page of another origin, for another host, or was forwarded. */
  CROSS_SITE,
  /** It had no valid key; never, while the server asks for none. */
  UNAUTHENTICATED,
  /** The ledger could not be written: the call was turned away, or its answer withheld. */
  LEDGER_UNAVAILABLE,
  /** Its request line or its headers were malformed, too large, or named no host or several. */
  MALFORMED,
  /** Its head or its body did not arrive in time, so the connection was closed. */
  TIMED_OUT,
  /** No door has its path. */
  NOT_FOUND,
  /** The door at its path does not take its method. */
  METHOD_NOT_ALLOWED,
  /** A defect of this program met it before it was a call. */
  INTERNAL_ERROR;

  /** The stable name, in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
