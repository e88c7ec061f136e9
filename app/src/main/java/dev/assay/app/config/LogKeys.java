package dev.assay.app.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The keys of {@code log}. */
final class LogKeys {
  static final Key<LogSettings.Level> LEVEL =
      Key.of(
          "log.level",
          Kind.choice(LogSettings.Level.class),
          "info",
          "From which level on is logged to standard error.");

  static final Key<Path> FILE =
      Key.of(
          "log.file",
          Kind.one(
              "a path", text -> text.isBlank() ? Optional.empty() : Optional.of(Path.of(text))),
          "Also logs to this file, rotated at 20 MB, five old ones kept. Relative to the home.");

  static final List<Key<?>> ALL = List.of(LEVEL, FILE);

  private LogKeys() {}

  /** Reads how the program logs. */
  static LogSettings read(Values values) {
    return new LogSettings(values.get(LEVEL), values.find(FILE));
  }
}
