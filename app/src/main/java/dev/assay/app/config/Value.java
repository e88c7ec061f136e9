package dev.assay.app.config;

import java.util.List;

/**
 * A value of the file.
 *
 * @param path the names that lead to it; an element of a list is {@code [0]}, {@code [1]} …
 * @param texts the value, or the elements of a list
 * @param line where it stands, from 1
 */
record Value(List<String> path, List<String> texts, int line) {
  Value {
    path = List.copyOf(path);
    texts = List.copyOf(texts);
  }

  /** The path as people write it, such as {@code providers.groq.key} or {@code prices[0].input}. */
  static String written(List<String> path) {
    return String.join(".", path).replace(".[", "[");
  }
}
