package dev.assay.gateway.names;

import dev.assay.core.model.Provider;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.request.WireFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds what a model name stands for, without asking anybody. Thread-safe.
 *
 * <p>In this order: an alias; {@code provider/name} with the prefix of a provider that can be used;
 * a model of the door's own provider; a model that exactly one provider knows. A name without a
 * slash that nobody knows goes to the door's own provider, because models appear faster than lists
 * of them. One with a slash that nobody knows is refused: what stands before the slash says for
 * whom the content is, and that is not to be guessed past.
 */
public final class ModelNames {
  private final List<Provider> providers;
  private final Map<String, Provider> usable = new HashMap<>();
  private final Map<String, ProviderStatus> unusable = new HashMap<>();
  private final Aliases aliases;

  /**
   * Names.
   *
   * @param providers the providers
   * @param aliases what each configured alias stands for: a full or bare name or another alias
   * @throws IllegalArgumentException when an alias stands for itself in the end
   */
  public ModelNames(Providers providers, Map<String, String> aliases) {
    this.providers = providers.usable();
    providers.usable().forEach(provider -> usable.put(provider.name(), provider));
    providers.unusable().forEach(provider -> unusable.put(provider.name(), provider));
    providers.otherNames().forEach((other, name) -> addOther(usable, other, name));
    providers.otherNames().forEach((other, name) -> addOther(unusable, other, name));
    this.aliases = new Aliases(aliases);
  }

  private static <T> void addOther(Map<String, T> providers, String other, String name) {
    T provider = providers.get(name);
    if (provider != null) {
      providers.put(other, provider);
    }
  }

  /** The aliases, with what they stand for in the end. */
  Map<String, String> aliases() {
    return aliases.all();
  }

  /**
   * What a name stands for.
   *
   * @param written the name as the caller wrote it
   * @param door the format of the door that it came by; without one, the first provider that knows
   *     a bare name has it
   */
  public Resolution resolve(String written, Optional<WireFormat> door) {
    String name = aliases.meaning(written);
    Optional<String> prefix = prefix(name);
    Provider named = prefix.map(usable::get).orElse(null);
    return named == null
        ? bare(name, door)
        : offered(named, name.substring(prefix.get().length() + 1));
  }

  private static Resolution offered(Provider provider, String model) {
    Target wanted = new Target(provider.name(), model);
    return provider.closed() && !provider.knownModels().contains(model)
        ? new Resolution.NotOffered(wanted, fullNames(provider))
        : new Resolution.Found(wanted);
  }

  private static List<String> fullNames(Provider provider) {
    return provider.knownModels().stream()
        .sorted()
        .map(model -> provider.name() + "/" + model)
        .toList();
  }

  private static Optional<String> prefix(String name) {
    int slash = name.indexOf('/');
    return slash < 1 || slash == name.length() - 1
        ? Optional.empty()
        : Optional.of(name.substring(0, slash));
  }

  private Resolution bare(String name, Optional<WireFormat> door) {
    Provider own = door.map(WireFormat::provider).map(usable::get).orElse(null);
    if (own != null && own.knownModels().contains(name)) {
      return new Resolution.Found(new Target(own.name(), name));
    }
    List<Target> knowing = new ArrayList<>();
    for (Provider provider : providers) {
      if (provider.knownModels().contains(name)) {
        knowing.add(new Target(provider.name(), name));
      }
    }
    if (knowing.size() == 1 || (knowing.size() > 1 && door.isEmpty())) {
      return new Resolution.Found(knowing.getFirst());
    }
    return knowing.isEmpty()
        ? unknown(name, door, Optional.ofNullable(own))
        : new Resolution.Ambiguous(knowing.stream().map(Target::toString).toList());
  }

  private Resolution unknown(String name, Optional<WireFormat> door, Optional<Provider> own) {
    Optional<ProviderStatus> meant = prefix(name).map(unusable::get);
    if (meant.isPresent()) {
      return new Resolution.Unusable(meant.get());
    }
    if (name.contains("/")) {
      return prefixed(name, own);
    }
    if (own.filter(provider -> !provider.closed()).isPresent()) {
      return new Resolution.Found(new Target(own.get().name(), name));
    }
    return door.map(WireFormat::provider)
        .map(unusable::get)
        .<Resolution>map(Resolution.Unusable::new)
        .orElseGet(() -> new Resolution.Unknown(NearNames.of(name, known())));
  }

  private Resolution prefixed(String name, Optional<Provider> own) {
    Optional<String> spelled =
        Stream.concat(own.stream(), providers.stream())
            .filter(provider -> !provider.closed())
            .findFirst()
            .map(provider -> provider.name() + "/" + name);
    return new Resolution.Prefixed(
        name,
        NearNames.of(name, known()),
        providers.stream().map(Provider::name).toList(),
        spelled);
  }

  private Set<String> known() {
    Set<String> known = new TreeSet<>(aliases.all().keySet());
    providers.forEach(provider -> known.addAll(fullNames(provider)));
    return known;
  }
}
