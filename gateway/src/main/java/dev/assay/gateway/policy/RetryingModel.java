package dev.assay.gateway.policy;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Model;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.AttemptRole;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.Request;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Signal;
import dev.assay.core.time.Tasks;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Asks a model again when an attempt failed in a way that is worth another. It is the only place
 * where a call is tried again on the same model.
 *
 * <p>The wait is drawn evenly between zero and a bound that doubles with each failure ("full
 * jitter": M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015); a longer wait
 * that the provider asked for wins. It gives up with the last failure when the failure says that
 * another attempt is not worth it, when content has passed the sink, when the attempts of the call
 * are used up but for one for each model behind this one, when a request timed out for the second
 * time after it was sent, and when the wait would pass the deadline or, with another model behind
 * this one, the patience.
 */
public final class RetryingModel implements Model {
  private final String provider;
  private final Model model;
  private final int behind;
  private final RetrySettings settings;
  private final Clock clock;
  private final Tasks tasks;
  private final RandomGenerator random;

  /**
   * A model that tries again.
   *
   * @param provider the provider's name
   * @param model makes one attempt for each call
   * @param behind how many models are asked when this one gives up
   * @param settings when it tries again
   * @param clock tells the deadline
   * @param tasks waits
   * @param random draws the waits; must be thread-safe
   */
  public RetryingModel(
      String provider,
      Model model,
      int behind,
      RetrySettings settings,
      Clock clock,
      Tasks tasks,
      RandomGenerator random) {
    this.provider = provider;
    this.model = model;
    this.behind = behind;
    this.settings = settings;
    this.clock = clock;
    this.tasks = tasks;
    this.random = random;
  }

  @Override
  public Outcome answer(Request request, CallContext context, Sink sink) {
    return new Tries(request, context, sink).run();
  }

  /** The attempts of one call on this model. */
  private final class Tries {
    private final Request request;
    private final CallContext context;
    private final ContentNotice notice;
    private final String name;
    private Duration bound = settings.backoff();
    private boolean timedOut;

    Tries(Request request, CallContext context, Sink sink) {
      this.request = request;
      this.context = context;
      this.notice = new ContentNotice(sink);
      this.name = provider + "/" + request.model();
    }

    Outcome run() {
      Optional<Failure> reason = notBegun();
      if (reason.isPresent()) {
        return reason.get();
      }
      Outcome outcome = model.answer(request, context, notice);
      while (outcome instanceof Failure failure) {
        Optional<Duration> delay = delay(failure);
        if (delay.isEmpty()) {
          return failure;
        }
        Optional<CancellationReason> cancelled = waited(delay.get());
        if (cancelled.isPresent()) {
          return cancelled(cancelled.get(), failure.details());
        }
        outcome =
            Attempts.following(
                failure.details().attempts(),
                model.answer(request, context, notice),
                AttemptRole.TRY,
                failure.code(),
                delay.get());
      }
      return outcome;
    }

    private Optional<Failure> notBegun() {
      Optional<CancellationReason> cancelled = context.unwanted(request);
      if (cancelled.isPresent()) {
        return Optional.of(cancelled(cancelled.get(), nothingSent(CallKind.PROVIDER)));
      }
      if (!clock.now().isBefore(context.deadline())) {
        return Optional.of(
            refused(ErrorCode.DEADLINE_EXCEEDED, "The deadline passed before anything was sent."));
      }
      return context.attempts().take(name)
          ? Optional.empty()
          : Optional.of(
              refused(ErrorCode.INTERNAL_ERROR, "The call has no attempt left for " + name + "."));
    }

    /** Takes another attempt and says how long to wait before it; empty to give up. */
    private Optional<Duration> delay(Failure failure) {
      if (notice.begun() || timedOutAgain(failure.code()) || context.attempts().left() <= behind) {
        return Optional.empty();
      }
      Optional<Duration> delay = asked(failure.retry()).map(this::drawn).filter(this::bearable);
      return delay.isPresent() && context.attempts().take(name) ? delay : Optional.empty();
    }

    private boolean timedOutAgain(ErrorCode code) {
      boolean now = code == ErrorCode.FIRST_BYTE_TIMEOUT || code == ErrorCode.IDLE_TIMEOUT;
      boolean again = now && timedOut;
      timedOut |= now;
      return again;
    }

    private static Optional<Duration> asked(RetryDecision decision) {
      return switch (decision) {
        case RetryDecision.Never() -> Optional.empty();
        case RetryDecision.After(Duration atLeast) -> Optional.of(atLeast);
      };
    }

    private Duration drawn(Duration atLeast) {
      Duration drawn = Duration.ofNanos(random.nextLong(bound.toNanos() + 1));
      Duration doubled = bound.multipliedBy(2);
      bound =
          doubled.compareTo(settings.longestBackoff()) < 0 ? doubled : settings.longestBackoff();
      return drawn.compareTo(atLeast) > 0 ? drawn : atLeast;
    }

    private boolean bearable(Duration delay) {
      return (behind == 0 || delay.compareTo(settings.patience()) <= 0)
          && delay.compareTo(Duration.between(clock.now(), context.deadline())) < 0;
    }

    /** Waits, and says why the call is no longer wanted if so. */
    private Optional<CancellationReason> waited(Duration delay) {
      Signal cancelled = tasks.signal();
      try (var _ = context.cancellation().onCancel(reason -> wake(cancelled))) {
        cancelled.await(delay);
        return context.unwanted(request);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        // Only whoever forked the call can interrupt it, and does so when it is not needed.
        return context.unwanted(request).or(() -> Optional.of(CancellationReason.DECIDED));
      }
    }

    private void wake(Signal waiting) {
      if (context.unwanted(request).isPresent()) {
        waiting.fire();
      }
    }

    private Failure cancelled(CancellationReason reason, Details details) {
      return new Failure(
          reason.code(),
          "The call was stopped before another attempt: " + reason.name().toLowerCase(Locale.ROOT),
          Optional.empty(),
          RetryDecision.never(),
          Optional.empty(),
          List.of(),
          details);
    }

    private Failure refused(ErrorCode code, String message) {
      return Failure.refused(code, message, Optional.empty(), nothingSent(CallKind.REFUSED));
    }

    private Details nothingSent(CallKind kind) {
      return new Details(
          kind,
          provider,
          request.model(),
          Usage.NONE,
          Cost.free(),
          List.of(),
          new Timings(clock.now(), Duration.ZERO, Optional.empty()),
          Optional.empty(),
          List.of(),
          false);
    }
  }
}
