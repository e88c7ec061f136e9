package dev.assay.web.api;

import java.util.UUID;

/** Identifiers of calls as text. */
final class Ids {
  private static final int LENGTH = 36;

  private Ids() {}

  /**
   * Reads an identifier in its full form.
   *
   * @throws IllegalArgumentException when it is none
   */
  static UUID parse(String text) {
    // The JDK takes shortened groups too, which would make two texts of one identifier.
    if (text.length() != LENGTH) {
      throw new IllegalArgumentException("id: is no identifier");
    }
    return UUID.fromString(text);
  }
}
