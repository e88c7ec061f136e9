package dev.assay.testkit;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.ModelCard;
import dev.assay.core.model.Provider;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.Request;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A provider in process that does what its script says, one {@link Turn} an attempt, and remembers
 * what it was asked. It waits on the given tasks, so on virtual time it takes no time. Thread-safe.
 *
 * <p>It obeys the contract of a provider: a cancellation or the deadline ends a turn early, but a
 * client that left ends only a stream.
 */
public final class ScriptedProvider implements Provider {
  private final String name;
  private final Clock clock;
  private final Tasks tasks;
  private final Deque<Turn> script = new ArrayDeque<>();
  private final List<Asked> asked = new ArrayList<>();
  private Turn otherwise = Turn.answer("unscripted");
  private Set<String> models = Set.of();
  private boolean closed;

  /** A provider whose every attempt answers {@code unscripted} until it is told otherwise. */
  public ScriptedProvider(String name, Clock clock, Tasks tasks) {
    this.name = name;
    this.clock = clock;
    this.tasks = tasks;
  }

  /**
   * An attempt that was asked for.
   *
   * @param request as it reached the provider
   * @param context the call's
   * @param at when
   */
  public record Asked(Request request, CallContext context, Instant at) {}

  /** Appends turns to the script. */
  public synchronized ScriptedProvider then(Turn... turns) {
    script.addAll(Arrays.asList(turns));
    return this;
  }

  /** What it does when the script is played. */
  public synchronized ScriptedProvider otherwise(Turn turn) {
    otherwise = turn;
    return this;
  }

  /** The names of models, without the prefix, that it has. */
  public synchronized ScriptedProvider offering(String... names) {
    models = Set.of(names);
    return this;
  }

  /** The names of models, without the prefix, that it has; it has no others. */
  public synchronized ScriptedProvider offeringOnly(String... names) {
    closed = true;
    return offering(names);
  }

  /** What it was asked so far, in order. */
  public synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ProviderStatus status() {
    List<ModelCard> cards =
        knownModels().stream()
            .sorted()
            .map(model ->
                new ModelCard(name + "/" + model, name, Optional.empty(), false, Optional.empty()))
            .toList();
    return new ProviderStatus(name, "script", Optional.empty(), cards);
  }

  @Override
  public synchronized Set<String> knownModels() {
    return models;
  }

  @Override
  public synchronized boolean closed() {
    return closed;
  }

  @Override
  public Outcome answer(Request request, CallContext context, Sink sink) {
    Turn turn = next(request, context);
    return new TurnPlay(name, request, context, clock, tasks).play(turn, sink);
  }

  private synchronized Turn next(Request request, CallContext context) {
    asked.add(new Asked(request, context, clock.now()));
    return script.isEmpty() ? otherwise : script.removeFirst();
  }
}
