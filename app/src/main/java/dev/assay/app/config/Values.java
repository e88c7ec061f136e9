package dev.assay.app.config;

import dev.assay.cli.SetupException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The values of a document by their keys. Problems are collected, so that all of them can be said
 * at once.
 */
final class Values {
  private static final String DOCUMENTATION = "docs/configuration.md";

  private final YamlDocument document;
  private final References references;
  private final List<String> problems = new ArrayList<>();

  Values(YamlDocument document, References references) {
    this.document = document;
    this.references = references;
  }

  /** Finds values that are of none of the keys. */
  void refuseOthers(List<Key<?>> keys) {
    for (Value value : document.values().values()) {
      if (keys.stream().noneMatch(key -> key.matches(value.path()))) {
        problem(value, "is no key" + nearest(value.path(), keys));
      }
    }
  }

  private static String nearest(List<String> path, List<Key<?>> keys) {
    String written = Value.written(path);
    String nearest =
        keys.stream()
            .map(key -> key.near(path))
            .min(Comparator.comparingInt(key -> EditDistance.between(key, written)))
            .orElse("");
    return EditDistance.between(nearest, written) * 2 <= written.length()
        ? ": did you mean " + nearest + "? Correct it or remove it"
        : ": remove it; the keys stand in " + DOCUMENTATION;
  }

  /** The value of a key, or the one that holds when it is absent. */
  <T> T get(Key<T> key, String... names) {
    return find(key, names)
        .or(() -> key.fallback().flatMap(text -> key.kind().reading().apply(List.of(text))))
        .orElseThrow(() -> new IllegalStateException(key.written() + " has no default"));
  }

  /** The value of a key; empty when it is absent or wrong. */
  <T> Optional<T> find(Key<T> key, String... names) {
    return at(key, names).flatMap(value -> read(key, value));
  }

  /** The value of a key in which {@code ${…}} means something else than a reference. */
  <T> Optional<T> verbatim(Key<T> key, String... names) {
    return at(key, names).flatMap(value -> read(key, value, value.texts()));
  }

  private <T> Optional<T> read(Key<T> key, Value value) {
    Optional<String> missing =
        value.texts().stream().flatMap(text -> references.missing(text).stream()).findFirst();
    if (missing.isPresent()) {
      problem(value, missing.get());
      return Optional.empty();
    }
    return read(key, value, value.texts().stream().map(references::resolved).toList());
  }

  private <T> Optional<T> read(Key<T> key, Value value, List<String> texts) {
    Optional<T> read = key.kind().reading().apply(texts);
    if (read.isEmpty()) {
      problem(value, "must be " + key.kind().form());
    }
    return read;
  }

  /** The value of a key as it stands in the file, references and all. */
  Optional<Value> at(Key<?> key, String... names) {
    return Optional.ofNullable(document.values().get(key.path(names)));
  }

  /** The names that stand directly in a section, in their order. */
  List<String> names(String... section) {
    return document.names(List.of(section));
  }

  /** What problems call the document. */
  String file() {
    return document.file();
  }

  /** How references lead to values. */
  References references() {
    return references;
  }

  /** Notes what is wrong with a value. */
  void problem(Value value, String text) {
    problems.add(
        document.file() + ":" + value.line() + ": " + Value.written(value.path()) + ": " + text);
  }

  /** Notes what is wrong with a section or with values that do not fit each other. */
  void problem(String text) {
    problems.add(document.file() + ": " + text);
  }

  /**
   * Ends the reading.
   *
   * @throws SetupException when there was a problem
   */
  void end() throws SetupException {
    if (!problems.isEmpty()) {
      throw new SetupException(String.join("\n", problems));
    }
  }
}
