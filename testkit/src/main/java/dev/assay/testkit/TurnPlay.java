package dev.assay.testkit;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Delta;
import dev.assay.core.model.Sink;
import dev.assay.core.model.StreamHead;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.AttemptRole;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.Request;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Signal;
import dev.assay.core.time.Tasks;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One attempt of a {@link ScriptedProvider}. */
final class TurnPlay {
  private static final Duration EVER = Duration.ofDays(10_000);

  private final String provider;
  private final Request request;
  private final CallContext context;
  private final Clock clock;
  private final Tasks tasks;
  private final Instant startedAt;
  private final long started;
  private final StringBuilder said = new StringBuilder();
  private Optional<Duration> firstToken = Optional.empty();

  TurnPlay(String provider, Request request, CallContext context, Clock clock, Tasks tasks) {
    this.provider = provider;
    this.request = request;
    this.context = context;
    this.clock = clock;
    this.tasks = tasks;
    this.startedAt = clock.now();
    this.started = clock.nanos();
  }

  Outcome play(Turn turn, Sink sink) {
    Optional<ErrorCode> stopped = Optional.empty();
    for (Turn.Piece piece : turn.pieces()) {
      stopped = pause(piece.pause());
      if (stopped.isPresent()) {
        break;
      }
      say(piece.text(), sink);
    }
    if (stopped.isEmpty()) {
      stopped = pause(turn.end() instanceof Turn.End.Hangs ? EVER : turn.lastWait());
    }
    return stopped
        .<Outcome>map(code -> failure(code, RetryDecision.never(), Usage.ABSENT))
        .orElseGet(() -> end(turn));
  }

  private void say(String text, Sink sink) {
    said.append(text);
    if (streamed()) {
      if (firstToken.isEmpty()) {
        firstToken = Optional.of(clock.since(started));
        sink.begin(StreamHead.inProcess(false));
      }
      sink.accept(Delta.text(text));
    }
  }

  private Outcome end(Turn turn) {
    return switch (turn.end()) {
      case Turn.End.Answers(var finish) ->
          new Answer(parts(), finish, details(turn.usage(), Optional.empty()));
      case Turn.End.Fails(var code, var retry) -> failure(code, retry, turn.usage());
      case Turn.End.Hangs() ->
          failure(ErrorCode.INTERNAL_ERROR, RetryDecision.never(), turn.usage());
    };
  }

  private Failure failure(ErrorCode code, RetryDecision retry, Usage usage) {
    return new Failure(
        code,
        "scripted: " + code.text(),
        Optional.empty(),
        retry,
        Optional.empty(),
        parts(),
        details(usage, Optional.of(code)));
  }

  private List<Part> parts() {
    return said.isEmpty() ? List.of() : List.of(new Part.Text(said.toString()));
  }

  private Details details(Usage usage, Optional<ErrorCode> error) {
    Attempt attempt =
        new Attempt(
            1,
            AttemptRole.TRY,
            provider,
            request.model(),
            Optional.empty(),
            Optional.empty(),
            error,
            Optional.empty(),
            Duration.ZERO,
            clock.since(started),
            usage,
            Cost.unknown(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            startedAt);
    return Details.of(attempt, firstToken, Optional.empty(), List.of(), false);
  }

  /** Waits; tells how the call fails when it must end before. */
  private Optional<ErrorCode> pause(Duration wait) {
    Duration left = Duration.between(clock.now(), context.deadline());
    boolean late = left.compareTo(wait) < 0;
    Signal stop = tasks.signal();
    try (Cancellation.Registration _ =
        context
            .cancellation()
            .onCancel(reason -> {
              if (ends(reason)) {
                stop.fire();
              }
            })) {
      Duration longest = late ? left : wait;
      if (stop.fired() || (longest.isPositive() && stop.await(longest))) {
        return context.cancellation().reason().map(CancellationReason::code);
      }
      return late ? Optional.of(ErrorCode.DEADLINE_EXCEEDED) : Optional.empty();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return Optional.of(ErrorCode.CANCELLED);
    }
  }

  private boolean ends(CancellationReason reason) {
    return streamed() || reason != CancellationReason.CLIENT_GONE;
  }

  private boolean streamed() {
    return request instanceof ChatRequest chat && chat.streaming().events();
  }
}
