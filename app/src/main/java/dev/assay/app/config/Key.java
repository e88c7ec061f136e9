package dev.assay.app.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A key of the file.
 *
 * @param path its names; {@code *} stands for a name that the user chooses, {@code []} for an
 *     element of a list
 * @param kind what its value looks like
 * @param fallback the value that holds when it is absent, as it would be written
 * @param meaning what it does, one sentence
 */
record Key<T>(List<String> path, Kind<T> kind, Optional<String> fallback, String meaning) {
  static final String NAME = "*";
  static final String ELEMENT = "[]";

  /** A key that holds a value even when it is absent. */
  static <T> Key<T> of(String path, Kind<T> kind, String fallback, String meaning) {
    return new Key<>(split(path), kind, Optional.of(fallback), meaning);
  }

  /** A key that may be absent. */
  static <T> Key<T> of(String path, Kind<T> kind, String meaning) {
    return new Key<>(split(path), kind, Optional.empty(), meaning);
  }

  private static List<String> split(String path) {
    return List.of(path.replace(ELEMENT, "." + ELEMENT).split("\\."));
  }

  /** The key as documentation writes it, such as {@code providers.NAME.key}. */
  String written() {
    return Value.written(path.stream().map(name -> name.equals(NAME) ? "NAME" : name).toList());
  }

  /** The path with the user's names and the elements' places in it, in their order. */
  List<String> path(String... names) {
    Iterator<String> given = List.of(names).iterator();
    return path.stream().map(name -> open(name) ? given.next() : name).toList();
  }

  /** Whether a value at a path is a value of this key. */
  boolean matches(List<String> other) {
    if (other.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      if (!fits(path.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The key as it would be called at the place of another, to compare the two. */
  String near(List<String> other) {
    List<String> names = new ArrayList<>(path);
    for (int i = 0; i < Math.min(names.size(), other.size()); i++) {
      if (fits(path.get(i), other.get(i))) {
        names.set(i, other.get(i));
      }
    }
    return Value.written(names.stream().map(name -> name.equals(NAME) ? "NAME" : name).toList());
  }

  private static boolean open(String name) {
    return name.equals(NAME) || name.equals(ELEMENT);
  }

  private static boolean fits(String pattern, String name) {
    return switch (pattern) {
      case NAME -> !name.startsWith("[");
      case ELEMENT -> name.startsWith("[");
      default -> pattern.equals(name);
    };
  }
}
