package dev.assay.gateway.names;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Configured names for other names. Immutable. */
final class Aliases {
  private final Map<String, String> meanings = new HashMap<>();

  /**
   * Aliases.
   *
   * @param configured what each stands for, which may be another alias
   * @throws IllegalArgumentException when an alias stands for itself, directly or by others
   */
  Aliases(Map<String, String> configured) {
    for (String alias : configured.keySet()) {
      meanings.put(alias, meaning(alias, configured));
    }
  }

  private static String meaning(String alias, Map<String, String> configured) {
    Set<String> seen = new LinkedHashSet<>();
    String name = alias;
    for (String next = configured.get(name); next != null; next = configured.get(name)) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "aliases."
                + alias
                + ": stands for itself: "
                + String.join(" -> ", seen)
                + " -> "
                + name);
      }
      name = next;
    }
    return name;
  }

  /** What a name stands for; itself when it is no alias. */
  String meaning(String name) {
    return meanings.getOrDefault(name, name);
  }

  /** All aliases, with what they stand for in the end. */
  Map<String, String> all() {
    return Map.copyOf(meanings);
  }
}
