package dev.assay.providers.sim;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Signal;
import dev.assay.core.time.Tasks;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits for a simulated call while it is wanted. For one thread.
 *
 * <p>When the client of a stream has left, nothing is waited for any more: the rest of the answer
 * would be read on for its usage only. A client that wanted no stream changes nothing by leaving.
 */
final class SimWait {
  private final CallContext context;
  private final boolean streamed;
  private final Clock clock;
  private final Tasks tasks;

  SimWait(CallContext context, boolean streamed, Clock clock, Tasks tasks) {
    this.context = context;
    this.streamed = streamed;
    this.clock = clock;
    this.tasks = tasks;
  }

  /** Waits for a time; tells why the call must end when it must end before that. */
  Optional<CancellationReason> pause(Duration wait) {
    Duration left = Duration.between(clock.now(), context.deadline());
    boolean late = left.compareTo(wait) < 0;
    Duration longest = late ? left : wait;
    if (longest.isPositive() && !abandoned() && awaitStop(longest)) {
      return stopped();
    }
    return stopped()
        .or(() ->
            late && !abandoned() ? Optional.of(CancellationReason.DEADLINE) : Optional.empty());
  }

  /** Whether it is a stream that nobody reads any more. */
  boolean abandoned() {
    return streamed
        && context.cancellation().reason().equals(Optional.of(CancellationReason.CLIENT_GONE));
  }

  private Optional<CancellationReason> stopped() {
    return Thread.currentThread().isInterrupted()
        ? Optional.of(CancellationReason.LOST)
        : context.cancellation().reason().filter(why -> why != CancellationReason.CLIENT_GONE);
  }

  private boolean awaitStop(Duration longest) {
    Signal stop = tasks.signal();
    try (Cancellation.Registration _ =
        context
            .cancellation()
            .onCancel(reason -> {
              if (streamed || reason != CancellationReason.CLIENT_GONE) {
                stop.fire();
              }
            })) {
      return stop.await(longest);
    } catch (InterruptedException interrupt) {
      // Nothing interrupts a call but whoever no longer needs it.
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
