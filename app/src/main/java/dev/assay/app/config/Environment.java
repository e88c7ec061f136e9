package dev.assay.app.config;

import dev.assay.cli.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Named values that the process was started with, and those of {@code .env} files.
 *
 * @param variables the values by name
 */
public record Environment(Map<String, String> variables) {
  private static final String FILE = ".env";

  /** Copies the values. */
  public Environment {
    variables = Map.copyOf(variables);
  }

  /** The value of a variable; one that is empty counts as absent. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * The same with the values of the file {@code .env} in a folder, if there is one. A value that is
   * known already stays.
   *
   * @throws SetupException when the file cannot be read or understood
   */
  public Environment withFileIn(Path folder) throws SetupException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return this;
    }
    Map<String, String> all = new HashMap<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        enter(text, all, file + ":" + number);
      }
    }
    all.putAll(variables);
    return new Environment(all);
  }

  private static List<String> lines(Path file) throws SetupException {
    try {
      return Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw new SetupException(file + ": cannot be read", unreadable);
    }
  }

  private static void enter(String line, Map<String, String> values, String place)
      throws SetupException {
    String assignment = line.startsWith("export ") ? line.substring(7).strip() : line;
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new SetupException(place + ": must be NAME=VALUE");
    }
    values.put(assignment.substring(0, equals).strip(), value(assignment.substring(equals + 1)));
  }

  /** A value without its quotes, or up to a comment when it has none. */
  private static String value(String written) {
    String text = written.strip();
    if (text.length() > 1 && (text.charAt(0) == '"' || text.charAt(0) == '\'')) {
      int end = text.indexOf(text.charAt(0), 1);
      if (end > 0) {
        return text.substring(1, end);
      }
    }
    int comment = text.indexOf(" #");
    return comment < 0 ? text : text.substring(0, comment).strip();
  }

  /** Says how many values there are, never which: keys are among them. */
  @Override
  public String toString() {
    return "Environment[" + variables.size() + "]";
  }
}
