package dev.assay.gateway.names;

import dev.assay.core.model.Provider;
import dev.assay.core.model.ProviderStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The providers of this process.
 *
 * @param usable those that are configured, in the order in which they are asked for a name that
 *     several know
 * @param unusable those that are known but not configured, each with what to do about it
 * @param otherNames further prefixes, such as {@code google} for {@code gemini}
 */
public record Providers(
    List<Provider> usable, List<ProviderStatus> unusable, Map<String, String> otherNames) {
  /** Checks that no name stands for two providers, and copies the collections. */
  public Providers {
    usable = List.copyOf(usable);
    unusable = List.copyOf(unusable);
    otherNames = Map.copyOf(otherNames);
    Set<String> names = new HashSet<>();
    usable.forEach(provider -> add(names, provider.name()));
    unusable.forEach(provider -> add(names, provider.name()));
    otherNames.forEach((other, name) -> {
      if (!names.contains(name)) {
        throw new IllegalArgumentException("providers: " + other + " stands for no provider");
      }
    });
    otherNames.keySet().forEach(other -> add(names, other));
  }

  /** Providers that are all configured. */
  public static Providers of(Provider... usable) {
    return new Providers(List.of(usable), List.of(), Map.of());
  }

  private static void add(Set<String> names, String name) {
    if (name.isBlank() || name.contains("/")) {
      throw new IllegalArgumentException("providers: \"" + name + "\" cannot be a prefix");
    }
    if (!names.add(name)) {
      throw new IllegalArgumentException("providers: there are two with the name " + name);
    }
  }
}
