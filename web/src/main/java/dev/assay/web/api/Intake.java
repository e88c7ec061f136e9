package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.request.Wire;
import dev.assay.web.http.Body;
import dev.assay.web.http.HttpExchange;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes in the requests of one door, up to the point where the door reads the body: lets them in
 * until the server stops, reads their bytes, checks their headers, and refuses what does not fit.
 * Thread-safe.
 */
final class Intake {
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  private final CallServices services;
  private final Refusals refusals;

  Intake(CallServices services, Refusals refusals) {
    this.services = services;
    this.refusals = refusals;
  }

  /** What a door does with a request that was taken in. */
  @FunctionalInterface
  interface Step {
    void take(Arrival arrival, Bytes body);
  }

  /** Takes a request in. */
  void take(HttpExchange exchange, Step step) {
    Arrival arrival = services.contexts().arrival(exchange.head());
    if (!services.inFlight().enter()) {
      exchange.closeAfterwards();
      refusals.refuseUnread(
          arrival,
          Refusals.Reason.later(
              ErrorCode.SHUTTING_DOWN, "The server is stopping; try again.", A_SECOND),
          exchange);
      return;
    }
    try {
      read(arrival, exchange, step);
    } finally {
      services.inFlight().leave();
    }
  }

  private void read(Arrival arrival, HttpExchange exchange, Step step) {
    switch (exchange.body(services.bodies())) {
      case Body.Whole(Bytes bytes) -> check(arrival, bytes, exchange, step);
      case Body.TooLarge() ->
          refusals.refuseUnread(
              arrival,
              Refusals.Reason.of(
                  ErrorCode.REQUEST_TOO_LARGE,
                  "The body is larger than "
                      + exchange.largestBody()
                      + " bytes: send less text, or images by URL."),
              exchange);
      case Body.Overloaded() ->
          refusals.refuseUnread(
              arrival,
              Refusals.Reason.later(
                  ErrorCode.OVERLOADED,
                  "Too many bytes of requests are in flight; try again.",
                  A_SECOND),
              exchange);
      case Body.Malformed() ->
          refusals.refuseUnread(
              arrival,
              Refusals.Reason.of(
                  ErrorCode.INVALID_REQUEST, "The chunks of the body are malformed."),
              exchange);
    }
  }

  private void check(Arrival arrival, Bytes body, HttpExchange exchange, Step step) {
    Optional<Refusals.Reason> unsuited = ContentHeaders.unsuited(exchange.head());
    if (unsuited.isPresent()) {
      refusals.refuse(arrival, unsuited.get(), body, exchange);
    } else {
      step.take(arrival, body);
    }
  }

  /** Refuses a request whose body was read. */
  void refuse(Arrival arrival, Refusals.Reason reason, Bytes body, HttpExchange exchange) {
    refusals.refuse(arrival, reason, body, exchange);
  }

  /** The context of a call; empty when what it says of where it belongs was refused. */
  Optional<CallContext> context(Arrival arrival, Wire wire, HttpExchange exchange) {
    return switch (AttachmentReader.read(exchange.head().assay(), wire)) {
      case Attached.Invalid(String message, String field) -> {
        refuse(
            arrival,
            Refusals.Reason.of(ErrorCode.INVALID_REQUEST, message, Optional.of(field)),
            wire.body(),
            exchange);
        yield Optional.empty();
      }
      case Attached.Valid attached -> {
        CallContext context = services.contexts().context(arrival, attached);
        exchange.working(context.cancellation());
        yield Optional.of(context);
      }
    };
  }
}
