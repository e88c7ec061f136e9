package dev.assay.gateway.names;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.Model;
import dev.assay.core.model.ModelCard;
import dev.assay.core.model.ModelCatalog;
import dev.assay.core.model.Provider;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Request;
import dev.assay.core.request.WireFormat;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Task;
import dev.assay.core.time.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/**
 * Everything that can be asked, by name. A request reaches the model that its name stands for; a
 * name that stands for none is refused, and the refusal says what could be meant or what is
 * missing.
 */
public final class NamedModels implements Model, ModelCatalog {
  /** The product's own name for its simulated provider. */
  public static final String SIMULATOR = "sim";

  private final ModelNames names;
  private final Providers providers;
  private final Map<String, Model> models;
  private final Map<Target, Model> lists;
  private final Clock clock;
  private final Tasks tasks;

  /**
   * Models by name.
   *
   * @param names finds what a name stands for
   * @param providers the providers
   * @param models what answers for a provider's models, by the provider's name
   * @param lists what answers instead for models that have fallbacks
   * @param clock tells when a refusal was made
   * @param tasks asks providers beside each other what they offer
   */
  public NamedModels(
      ModelNames names,
      Providers providers,
      Map<String, Model> models,
      Map<Target, Model> lists,
      Clock clock,
      Tasks tasks) {
    this.names = names;
    this.providers = providers;
    this.models = Map.copyOf(models);
    this.lists = Map.copyOf(lists);
    this.clock = clock;
    this.tasks = tasks;
  }

  @Override
  public Outcome answer(Request request, CallContext context, Sink sink) {
    Optional<WireFormat> door = request.wire().map(wire -> wire.format());
    String name = request.model();
    return switch (names.resolve(name, door)) {
      case Resolution.Found(Target target) ->
          model(target, request).answer(request.withModel(target.model()), context, sink);
      case Resolution.Unresolved why ->
          refused(request, ErrorCode.MODEL_NOT_FOUND, Refusals.sentences(name, why));
    };
  }

  private Model model(Target target, Request request) {
    // The vectors of another model are no replacement.
    boolean listed = !lists.isEmpty() && !(request instanceof EmbeddingRequest);
    Model list = listed ? lists.get(target) : null;
    Model model = list == null ? models.get(target.provider()) : list;
    if (model == null) {
      throw new IllegalStateException("no model answers for the provider " + target.provider());
    }
    return model;
  }

  private Failure refused(Request request, ErrorCode code, String message) {
    Timings timings = new Timings(clock.now(), Duration.ZERO, Optional.empty());
    return Failure.refused(
        code, message, Optional.of("model"), Details.refused(request.model(), timings));
  }

  @Override
  public List<ProviderStatus> providers() {
    List<Task<ProviderStatus>> asked = new ArrayList<>();
    for (Provider provider : providers.usable()) {
      asked.add(tasks.fork("status of " + provider.name(), provider::status));
    }
    List<ProviderStatus> statuses = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      statuses.add(status(providers.usable().get(i).name(), asked.get(i)));
    }
    statuses.addAll(providers.unusable());
    return statuses;
  }

  private static ProviderStatus status(String name, Task<ProviderStatus> task) {
    try {
      return task.await();
    } catch (ExecutionException defect) {
      return unusable(name, "asking it what it offers failed by a defect of this program");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return unusable(name, "asking it what it offers was interrupted");
    }
  }

  private static ProviderStatus unusable(String name, String why) {
    return new ProviderStatus(name, "", Optional.of(why), List.of());
  }

  @Override
  public List<ModelCard> aliases() {
    List<ModelCard> cards = new ArrayList<>();
    new TreeMap<>(names.aliases())
        .forEach((alias, meaning) ->
            cards.add(
                new ModelCard(
                    alias, "assay", Optional.empty(), simulated(meaning), Optional.of(meaning))));
    return cards;
  }

  private boolean simulated(String name) {
    return names.resolve(name, Optional.empty())
            instanceof Resolution.Found(Target(String provider, String model))
        && provider.equals(SIMULATOR);
  }
}
