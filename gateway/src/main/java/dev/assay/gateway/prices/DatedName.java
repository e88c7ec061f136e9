package dev.assay.gateway.prices;

import java.util.Optional;

/**
 * Model names that end in the day of a snapshot, {@code -2024-07-18} at OpenAI or {@code -20251001}
 * at Anthropic.
 */
final class DatedName {
  private static final String DASHED = "-dddd-dd-dd";
  private static final String COMPACT = "-dddddddd";

  private DatedName() {}

  /** Whether a name ends in a day. */
  static boolean is(String name) {
    return undated(name).isPresent();
  }

  /** The name without the day; empty when there is none. */
  static Optional<String> undated(String name) {
    if (endsLike(name, DASHED)) {
      return Optional.of(name.substring(0, name.length() - DASHED.length()));
    }
    return endsLike(name, COMPACT)
        ? Optional.of(name.substring(0, name.length() - COMPACT.length()))
        : Optional.empty();
  }

  private static boolean endsLike(String name, String pattern) {
    int start = name.length() - pattern.length();
    if (start < 1) {
      return false;
    }
    for (int i = 0; i < pattern.length(); i++) {
      char found = name.charAt(start + i);
      boolean fits =
          pattern.charAt(i) == 'd' ? found >= '0' && found <= '9' : found == pattern.charAt(i);
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
