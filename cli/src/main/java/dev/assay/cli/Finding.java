package dev.assay.cli;

import java.util.Locale;

/**
 * What was found about one thing.
 *
 * @param subject the thing
 * @param state how it is
 * @param text what was found, and what to do when it is not well
 */
public record Finding(String subject, State state, String text) {
  /** How a thing is. */
  public enum State {
    /** As it should be. */
    OK,
    /** It works, but deserves a look. */
    WARNING,
    /** It does not work. */
    FAILED;

    /** The stable name, in lower case. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
