package dev.assay.app;

import dev.assay.app.config.Configuration;
import dev.assay.app.config.ProviderSettings;
import dev.assay.cli.ModelChoice;
import dev.assay.core.model.ModelCard;
import dev.assay.core.model.ModelCatalog;
import dev.assay.core.model.ProviderStatus;
import dev.assay.providers.local.LocalProvider;
import dev.assay.providers.sim.SimProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Chooses the model of a command that names none, in an order that the documentation states. */
final class ModelChooser {
  private static final String LAST = SimProvider.NAME + "/small";
  private static final String OPENAI = "openai";

  // Small models that answer well for their price, the newest first.
  private static final List<String> PREFERRED =
      List.of("gpt-6-luna", "gpt-5-mini", "gpt-4.1-mini", "gpt-4o-mini");

  private static final List<String> EMBEDDINGS =
      List.of(
          "openai/text-embedding-3-small", "gemini/gemini-embedding-001", "mistral/mistral-embed");

  private final Configuration configuration;
  private final Supplier<ModelCatalog> catalog;

  /**
   * A chooser.
   *
   * @param catalog what can be asked; is only looked at when nothing is configured
   */
  ModelChooser(Configuration configuration, Supplier<ModelCatalog> catalog) {
    this.configuration = configuration;
    this.catalog = catalog;
  }

  ModelChoice choose(Optional<String> wished) {
    return wished
        .map(model -> new ModelChoice(model, Optional.empty()))
        .or(() -> chosen(configuration.defaultModel(), "default-model says so"))
        .or(() -> chosen(configuration.environmentModel(), "OPENAI_MODEL says so"))
        .or(this::firstUsable)
        .orElseGet(() ->
            new ModelChoice(LAST, Optional.of("no other provider can be used, see assay models")));
  }

  /** The model for embeddings: the first usable of a list, else the one in process. */
  ModelChoice chooseEmbedding(Optional<String> wished) {
    return wished
        .map(model -> new ModelChoice(model, Optional.empty()))
        .or(this::firstUsableEmbedding)
        .orElseGet(() ->
            new ModelChoice(
                LocalProvider.NAME + "/" + LocalProvider.MODEL,
                Optional.of("it runs in this program; -m names another")));
  }

  private Optional<ModelChoice> firstUsableEmbedding() {
    if (configuration.providers().stream().allMatch(one -> one.unusable().isPresent())) {
      return Optional.empty();
    }
    List<String> offered =
        catalog.get().providers().stream()
            .filter(ProviderStatus::usable)
            .flatMap(status -> status.models().stream().map(ModelCard::id))
            .toList();
    return EMBEDDINGS.stream()
        .filter(offered::contains)
        .findFirst()
        .map(model -> new ModelChoice(model, Optional.of("the first usable; -m names another")));
  }

  private static Optional<ModelChoice> chosen(Optional<String> model, String reason) {
    return model.map(name -> new ModelChoice(name, Optional.of(reason)));
  }

  private Optional<ModelChoice> firstUsable() {
    if (configuration.providers().stream().allMatch(one -> one.unusable().isPresent())) {
      return Optional.empty();
    }
    List<ProviderStatus> statuses = catalog.get().providers();
    return configuration.providers().stream()
        .flatMap(provider ->
            statuses.stream()
                .filter(status -> status.name().equals(provider.name()) && status.usable())
                .flatMap(status -> first(provider, status).stream()))
        .findFirst()
        .map(model -> new ModelChoice(model, Optional.of("the first usable; -m names another")));
  }

  private static Optional<String> first(ProviderSettings provider, ProviderStatus status) {
    String prefix = provider.name() + "/";
    Optional<String> configured = provider.models().stream().findFirst().map(prefix::concat);
    List<String> offered = status.models().stream().map(ModelCard::id).toList();
    Optional<String> preferred =
        provider.name().equals(OPENAI)
            ? PREFERRED.stream().map(prefix::concat).filter(offered::contains).findFirst()
            : Optional.empty();
    return configured.or(() -> preferred).or(() -> offered.stream().findFirst());
  }
}
