package dev.assay.gateway;

import dev.assay.core.model.Model;
import dev.assay.core.model.Provider;
import dev.assay.core.store.EmbeddingCache;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.gateway.embedding.EmbeddingModel;
import dev.assay.gateway.names.ModelNames;
import dev.assay.gateway.names.NamedModels;
import dev.assay.gateway.names.Providers;
import dev.assay.gateway.names.Refusals;
import dev.assay.gateway.names.Resolution;
import dev.assay.gateway.names.Target;
import dev.assay.gateway.policy.FallbackModel;
import dev.assay.gateway.policy.RetryingModel;
import dev.assay.gateway.prices.PriceTable;
import dev.assay.gateway.prices.PricedModel;
import dev.assay.gateway.tokens.EstimatingModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Builds the models that stand between a name and its provider. */
final class Stacks {
  private final GatewaySettings settings;
  private final Providers providers;
  private final EmbeddingCache embeddings;
  private final Map<String, Model> priced = new HashMap<>();
  private final Clock clock;
  private final Tasks tasks;
  private final RandomGenerator random;
  private final List<String> warnings = new ArrayList<>();

  Stacks(
      GatewaySettings settings,
      Providers providers,
      PriceTable prices,
      EmbeddingCache embeddings,
      Clock clock,
      Tasks tasks,
      RandomGenerator random) {
    this.settings = settings;
    this.providers = providers;
    this.embeddings = embeddings;
    this.clock = clock;
    this.tasks = tasks;
    this.random = random;
    for (Provider provider : providers.usable()) {
      priced.put(provider.name(), new PricedModel(new EstimatingModel(provider), prices));
    }
  }

  /** What answers for each provider's models when they have no fallbacks. */
  Map<String, Model> byProvider() {
    Map<String, Model> stacks = new HashMap<>();
    for (Provider provider : providers.usable()) {
      Model priced = Objects.requireNonNull(this.priced.get(provider.name()));
      stacks.put(provider.name(), embedding(provider, retrying(provider.name(), priced, 0)));
    }
    return stacks;
  }

  private Model embedding(Provider provider, Model model) {
    return new EmbeddingModel(
        new EmbeddingModel.Upstream(
            provider.name(),
            model,
            provider.embeddingBatch(),
            provider.name().equals(NamedModels.SIMULATOR),
            settings::budget),
        embeddings,
        clock,
        tasks);
  }

  /**
   * What answers for the models that have fallbacks.
   *
   * @throws IllegalArgumentException when a list names a model twice or one that nobody knows
   */
  Map<Target, Model> withFallbacks(ModelNames names) {
    Map<Target, Model> lists = new HashMap<>();
    settings
        .fallbacks()
        .forEach((model, others) -> {
          List<Target> targets = targets(names, model, others);
          if (!targets.isEmpty() && lists.put(targets.getFirst(), list(targets)) != null) {
            throw new IllegalArgumentException(
                "fallbacks." + model + ": " + targets.getFirst() + " has two lists");
          }
        });
    return lists;
  }

  /** What the settings name but cannot be used now. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** The model and its fallbacks as far as they can be used; empty when it cannot itself. */
  private List<Target> targets(ModelNames names, String model, List<String> others) {
    String key = "fallbacks." + model;
    Optional<Target> first = target(names, key, model);
    if (first.isEmpty()) {
      return List.of();
    }
    Set<Target> targets = new LinkedHashSet<>(List.of(first.get()));
    for (String other : others) {
      Optional<Target> target = target(names, key, other);
      if (target.isPresent() && !targets.add(target.get())) {
        throw new IllegalArgumentException(key + ": names " + target.get() + " twice");
      }
    }
    return List.copyOf(targets);
  }

  private Optional<Target> target(ModelNames names, String key, String name) {
    return switch (names.resolve(name, Optional.empty())) {
      case Resolution.Found(Target target) -> Optional.of(target);
      case Resolution.Unusable(var provider) -> {
        warnings.add(
            key
                + ": "
                + name
                + " is left out, because "
                + provider.name()
                + " cannot be used: "
                + provider.unusable().orElse("it is not configured"));
        yield Optional.empty();
      }
      case Resolution.Unresolved why ->
          throw new IllegalArgumentException(key + ": " + Refusals.sentences(name, why));
    };
  }

  private Model list(List<Target> targets) {
    List<FallbackModel.Step> steps = new ArrayList<>();
    for (Target target : targets) {
      int behind = targets.size() - steps.size() - 1;
      Model model = priced.get(target.provider());
      if (model == null) {
        throw new IllegalStateException("names and providers differ: " + target);
      }
      steps.add(new FallbackModel.Step(target.model(), retrying(target.provider(), model, behind)));
    }
    return new FallbackModel(steps, clock);
  }

  private Model retrying(String provider, Model model, int behind) {
    return new RetryingModel(provider, model, behind, settings.retry(), clock, tasks, random);
  }
}
