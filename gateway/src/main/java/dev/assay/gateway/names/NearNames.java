package dev.assay.gateway.names;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that somebody may have meant. */
final class NearNames {
  private static final int MOST = 3;
  private static final int LONGEST = 100;

  private NearNames() {}

  /**
   * At most three of the names that differ little from the wrong one, the nearest first.
   *
   * @param names aliases and full names; they may be meant with or without their prefix
   */
  static List<String> of(String wrong, Collection<String> names) {
    if (wrong.length() > LONGEST) {
      return List.of();
    }
    String written = wrong.toLowerCase(Locale.ROOT);
    return names.stream()
        .map(name -> new Near(name, nearest(written, name.toLowerCase(Locale.ROOT))))
        .filter(near -> near.distance <= 1 + written.length() / 4)
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .map(Near::name)
        .limit(MOST)
        .toList();
  }

  private record Near(String name, int distance) {}

  private static int nearest(String written, String name) {
    int bare = distance(written, name.substring(name.indexOf('/') + 1));
    return Math.min(bare, distance(written, name));
  }

  /** How many letters must be put in, taken out or changed (V. I. Levenshtein, 1965). */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
