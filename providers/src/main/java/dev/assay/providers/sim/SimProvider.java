package dev.assay.providers.sim;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.ModelCard;
import dev.assay.core.model.Provider;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Request;
import dev.assay.core.request.TokenCountRequest;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The simulated provider {@code sim}: the whole product can be tried with no key and no network.
 *
 * <p>The seed and the request decide the answer and its usage; the number of the attempt decides
 * besides how long it takes and whether it fails, so that another attempt can succeed. Only which
 * part of the input comes from the prompt cache depends on what was asked before; the sum does not.
 * Tokens are counted by a rule of its own: up to four characters of a word with the white space
 * before it, and one for each message's role.
 *
 * <p>Every outcome is marked as simulated and costs nothing: its cost is known and zero, so nobody
 * need price it. It waits on the given tasks only. Thread-safe.
 */
public final class SimProvider implements Provider {
  /** Its name. */
  public static final String NAME = "sim";

  private final Simulator simulator;

  /** A simulator. */
  public SimProvider(SimSettings settings, Clock clock, Tasks tasks) {
    this.simulator =
        new Simulator(
            settings, clock, tasks, new Composer(settings.rules()), new PromptCache(clock));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ProviderStatus status() {
    List<ModelCard> cards =
        Stream.concat(SimModel.ALL.stream().map(SimModel::name), Stream.of(SimEmbedding.MODEL))
            .map(model ->
                new ModelCard(NAME + "/" + model, NAME, Optional.empty(), true, Optional.empty()))
            .toList();
    return new ProviderStatus(NAME, "built in", Optional.empty(), cards);
  }

  @Override
  public Set<String> knownModels() {
    return Stream.concat(SimModel.ALL.stream().map(SimModel::name), Stream.of(SimEmbedding.MODEL))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean closed() {
    return true;
  }

  @Override
  public int embeddingBatch() {
    return SimEmbedding.BATCH;
  }

  @Override
  public Outcome answer(Request request, CallContext context, Sink sink) {
    SimReport report = new SimReport(simulator.clock(), request.model());
    return switch (request) {
      case ChatRequest chat ->
          SimModel.named(chat.model())
              .map(model -> new SimAttempt(simulator, model, chat, context, sink, report).run())
              .orElseGet(() -> unknownModel(report));
      case TokenCountRequest(ChatRequest chat) -> report.counted(Prompt.tokens(chat).size());
      case EmbeddingRequest embedding ->
          new SimEmbedding(simulator.settings().seed()).answer(embedding, report);
    };
  }

  private static Outcome unknownModel(SimReport report) {
    String known = SimModel.ALL.stream().map(SimModel::name).collect(Collectors.joining(", "));
    return report.turnedAway(
        ErrorCode.PROVIDER_MODEL_NOT_FOUND,
        404,
        "model: the simulator has no such model, only " + known,
        Optional.of("model"),
        RetryDecision.never());
  }
}
