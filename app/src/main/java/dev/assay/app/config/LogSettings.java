package dev.assay.app.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the program logs.
 *
 * @param level the least important level that is logged
 * @param file a file to log to beside standard error; relative to the home
 */
public record LogSettings(Level level, Optional<Path> file) {
  /** How important a message is. */
  public enum Level {
    /** Something does not work. */
    ERROR,
    /** Something deserves a look. */
    WARN,
    /** What the program does, a line for each event of its life. */
    INFO,
    /** Everything. */
    DEBUG
  }
}
