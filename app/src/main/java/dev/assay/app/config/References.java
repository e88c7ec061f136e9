package dev.assay.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} by a variable of the environment and {@code ${file:PATH}} by what a file
 * holds.
 *
 * @param environment the variables
 * @param folder where relative paths begin
 */
record References(Environment environment, Path folder) {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");
  private static final String FILE = "file:";

  /** Whether there is a reference in a text. */
  static boolean in(String text) {
    return REFERENCE.matcher(text).find();
  }

  /** Whether a text is one reference and nothing else. */
  static boolean only(String text) {
    return REFERENCE.matcher(text).matches();
  }

  /** Why a reference in the text leads nowhere; empty when all lead somewhere. */
  Optional<String> missing(String text) {
    return REFERENCE
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(name -> value(name).isEmpty())
        .map(name ->
            name.startsWith(FILE)
                ? "the file " + name.substring(FILE.length()) + " cannot be read or is empty"
                : "the environment variable " + name + " is not set")
        .findFirst();
  }

  /** The text with the values in the places of the references; those that are missing are empty. */
  String resolved(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1)).orElse("")));
  }

  private Optional<String> value(String name) {
    return name.startsWith(FILE)
        ? content(folder.resolve(name.substring(FILE.length())))
        : environment.get(name);
  }

  private static Optional<String> content(Path file) {
    try {
      return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
