package dev.assay.gateway.embedding;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Signal;
import dev.assay.core.time.Tasks;
import java.time.Duration;
import java.util.Optional;

/** Waits for a vector that another call asks for. For one thread. */
final class Wait {
  private final Flight flight;
  private final EmbeddingRequest request;
  private final CallContext context;
  private final Clock clock;
  private final Signal woken;

  Wait(Flight flight, EmbeddingRequest request, CallContext context, Clock clock, Tasks tasks) {
    this.flight = flight;
    this.request = request;
    this.context = context;
    this.clock = clock;
    this.woken = tasks.signal();
  }

  /** Waits until the flight has ended; gives why it did not wait so long. */
  Optional<ErrorCode> run() {
    flight.join(woken);
    try (Cancellation.Registration _ = context.cancellation().onCancel(reason -> wake())) {
      Duration left = Duration.between(clock.now(), context.deadline());
      if (left.isPositive()) {
        woken.await(left);
      }
      return flight.over() ? Optional.empty() : Optional.of(reason());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return Optional.of(ErrorCode.CANCELLED);
    } finally {
      flight.leave(woken);
    }
  }

  private void wake() {
    if (context.unwanted(request).isPresent()) {
      woken.fire();
    }
  }

  private ErrorCode reason() {
    return context
        .unwanted(request)
        .map(CancellationReason::code)
        .orElse(ErrorCode.DEADLINE_EXCEEDED);
  }
}
