package dev.assay.gateway.policy;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.Model;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.AttemptRole;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.Request;
import dev.assay.core.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Asks the next model of a list when one gave up, as long as nothing of an answer has passed the
 * sink. It goes on when the provider, the way to it or the account there is at fault; a request
 * that is itself at fault, or no longer wanted, ends where it is.
 *
 * <p>The outcome is that of the model that was asked last, with the attempts of all.
 */
public final class FallbackModel implements Model {
  private final List<Step> steps;
  private final Clock clock;

  /**
   * A model of the list.
   *
   * @param name its name at its provider
   * @param model answers requests for that name
   */
  public record Step(String name, Model model) {}

  /**
   * A list of models.
   *
   * @param steps the models in the order in which they are asked; never empty
   * @param clock tells the deadline
   */
  public FallbackModel(List<Step> steps, Clock clock) {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("steps: is empty");
    }
    this.steps = List.copyOf(steps);
    this.clock = clock;
  }

  @Override
  public Outcome answer(Request request, CallContext context, Sink sink) {
    ContentNotice notice = new ContentNotice(sink);
    Outcome outcome = answer(steps.getFirst(), request, context, notice);
    for (int next = 1; next < steps.size(); next++) {
      if (!(outcome instanceof Failure failure) || !goesOn(failure, request, context, notice)) {
        return outcome;
      }
      outcome = following(failure, answer(steps.get(next), request, context, notice));
    }
    return outcome;
  }

  private static Outcome answer(
      Step step, Request request, CallContext context, ContentNotice notice) {
    return step.model().answer(request.withModel(step.name()), context, notice);
  }

  private boolean goesOn(
      Failure failure, Request request, CallContext context, ContentNotice notice) {
    return goesOn(failure.code())
        && !notice.begun()
        && context.unwanted(request).isEmpty()
        && clock.now().isBefore(context.deadline())
        && context.attempts().left() > 0;
  }

  private static Outcome following(Failure failure, Outcome next) {
    // A model that could not even try says nothing about the call.
    return next.details().attempts().isEmpty()
        ? failure
        : Attempts.following(
            failure.details().attempts(),
            next,
            AttemptRole.FALLBACK,
            failure.code(),
            Duration.ZERO);
  }

  private static boolean goesOn(ErrorCode code) {
    return switch (code) {
      case PROVIDER_MODEL_NOT_FOUND,
          PROVIDER_AUTHENTICATION,
          PROVIDER_QUOTA,
          RATE_LIMITED,
          PROVIDER_OVERLOADED,
          PROVIDER_ERROR,
          MALFORMED_RESPONSE,
          RESPONSE_TOO_LARGE,
          FIRST_BYTE_TIMEOUT,
          IDLE_TIMEOUT,
          CONNECT_FAILED,
          CONNECT_TIMEOUT,
          CONNECTION_LOST ->
          true;
      case INVALID_REQUEST,
          REQUEST_TOO_LARGE,
          UNSUPPORTED_MEDIA_TYPE,
          MODEL_NOT_FOUND,
          UNSUPPORTED_REQUEST,
          NOT_FOUND,
          UNAUTHENTICATED,
          FORBIDDEN,
          CANCELLED,
          DEADLINE_EXCEEDED,
          PROVIDER_REJECTED,
          LEDGER_UNAVAILABLE,
          OVERLOADED,
          SHUTTING_DOWN,
          INTERRUPTED,
          INTERNAL_ERROR ->
          false;
    };
  }
}
