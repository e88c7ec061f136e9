package dev.assay.app;

import dev.assay.app.config.Configuration;
import dev.assay.app.config.ProviderSettings;
import dev.assay.core.model.ModelCard;
import dev.assay.core.model.ModelCatalog;
import dev.assay.core.model.Provider;
import dev.assay.core.model.ProviderStatus;
import dev.assay.providers.sim.SimProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the running process offers. What it can use counts, as it was started with its own
 * environment; why the rest can not be used is known from the configuration here.
 */
final class ServedCatalog implements ModelCatalog {
  private static final String ALIASES = "assay";

  private final Provider process;
  private final String source;
  private final Configuration configuration;

  /**
   * A catalog.
   *
   * @param process the running process, as a provider whose models are everything it offers
   * @param source what it is called
   */
  ServedCatalog(Provider process, String source, Configuration configuration) {
    this.process = process;
    this.source = source;
    this.configuration = configuration;
  }

  @Override
  public List<ProviderStatus> providers() {
    ProviderStatus served = process.status();
    Map<String, List<ModelCard>> byOwner = new LinkedHashMap<>();
    cards(served).stream()
        .filter(card -> !card.owner().equals(ALIASES))
        .forEach(
            card -> byOwner.computeIfAbsent(card.owner(), owner -> new ArrayList<>()).add(card));
    List<ProviderStatus> statuses = new ArrayList<>();
    if (!served.usable()) {
      statuses.add(new ProviderStatus(ALIASES, source, served.unusable(), List.of()));
    }
    byOwner.forEach(
        (owner, cards) -> statuses.add(new ProviderStatus(owner, source, Optional.empty(), cards)));
    configuration.providers().stream()
        .filter(provider -> !byOwner.containsKey(provider.name()))
        .map(ServedCatalog::silent)
        .forEach(statuses::add);
    return statuses;
  }

  // A provider that could be used may be off, or have no list of models.
  private static ProviderStatus silent(ProviderSettings provider) {
    return provider.unusable().isPresent()
        ? ConfiguredProviders.status(provider)
        : new ProviderStatus(
            provider.name(),
            provider.source(),
            Optional.of("lists no models now; assay doctor says whether it can be reached"),
            List.of());
  }

  @Override
  public List<ModelCard> aliases() {
    Map<String, String> targets = configuration.gateway().aliases();
    return cards(process.status()).stream()
        .filter(card -> card.owner().equals(ALIASES))
        .map(card ->
            new ModelCard(
                card.id(),
                ALIASES,
                card.created(),
                card.simulated(),
                Optional.ofNullable(targets.get(card.id()))))
        .toList();
  }

  private List<ModelCard> cards(ProviderStatus served) {
    int prefix = process.name().length() + 1;
    return served.models().stream().map(card -> named(card, card.id().substring(prefix))).toList();
  }

  private static ModelCard named(ModelCard card, String id) {
    int slash = id.indexOf('/');
    String owner = slash < 0 ? ALIASES : id.substring(0, slash);
    return new ModelCard(
        id, owner, card.created(), owner.equals(SimProvider.NAME), Optional.empty());
  }
}
