package dev.assay.core.store;

import java.util.Optional;
import java.util.UUID;

/**
 * A page of calls, newest first.
 *
 * @param filter which calls
 * @param limit how many at most, 1 to 1,000
 * @param before only calls older than this one: the {@code next} of the page before
 */
public record CallQuery(CallFilter filter, int limit, Optional<UUID> before) {
  /** How many calls a page has unless told. */
  public static final int DEFAULT_LIMIT = 100;

  /** How many calls a page has at most. */
  public static final int GREATEST_LIMIT = 1_000;

  /** Checks the limit. */
  public CallQuery {
    if (limit < 1 || limit > GREATEST_LIMIT) {
      throw new IllegalArgumentException("limit: must be 1 to " + GREATEST_LIMIT);
    }
  }
}
