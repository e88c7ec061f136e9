package dev.assay.gateway.embedding;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.outcome.Failure;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.vector.Vector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The vectors that one call asks for, perhaps for others too: it is cancelled when its own caller
 * no longer wants it and nobody else waits. Flights land on the call's thread; {@link #reconsider}
 * may be called on any.
 */
final class Lead implements AutoCloseable {
  private final CallContext context;
  private final EmbeddingRequest request;
  private final Cancellation cancellation = new Cancellation();
  private final Map<Bytes, Flight> flights = new LinkedHashMap<>();
  private Optional<Cancellation.Registration> registration = Optional.empty();

  Lead(CallContext context, EmbeddingRequest request) {
    this.context = context;
    this.request = request;
  }

  synchronized void add(Bytes key, Flight flight) {
    flights.put(key, flight);
  }

  synchronized boolean isEmpty() {
    return flights.isEmpty();
  }

  synchronized List<Bytes> keys() {
    return List.copyOf(flights.keySet());
  }

  /** The context in which it asks, from now on cancelled as said above. */
  CallContext context() {
    registration = Optional.of(context.cancellation().onCancel(reason -> reconsider()));
    return context(context.attempts());
  }

  /** The context in which it asks further, with attempts of its own. */
  CallContext context(AttemptBudget attempts) {
    return new CallContext(
        context.callId(),
        context.attachment(),
        context.principal(),
        context.deadline(),
        cancellation,
        attempts,
        context.metadata());
  }

  /** Cancels it if nobody wants it any more. */
  void reconsider() {
    Optional<CancellationReason> reason = context.unwanted(request);
    if (reason.isPresent() && !awaited()) {
      cancellation.cancel(reason.get());
    }
  }

  private synchronized boolean awaited() {
    return flights.values().stream().anyMatch(Flight::awaited);
  }

  /** A vector has come, with warnings about it. */
  void land(Map<Bytes, Flight> all, Bytes key, Vector vector, List<String> warnings) {
    Flight flight = remove(key);
    if (flight != null) {
      // Out of the map first: whoever finds none there looks into the cache again.
      all.remove(key, flight);
      flight.land(vector, warnings);
    }
  }

  private synchronized @Nullable Flight remove(Bytes key) {
    return flights.remove(key);
  }

  /** The vectors that are left will not come. */
  void fail(Map<Bytes, Flight> all, Supplier<Failure> why) {
    for (Bytes key : keys()) {
      Flight flight = remove(key);
      if (flight != null) {
        all.remove(key, flight);
        flight.fail(why.get());
      }
    }
  }

  @Override
  public void close() {
    registration.ifPresent(Cancellation.Registration::close);
  }
}
