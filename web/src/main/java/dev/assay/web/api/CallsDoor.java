package dev.assay.web.api;

import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.store.Calls;
import dev.assay.core.store.StoredCall;
import dev.assay.web.http.Door;
import dev.assay.web.http.HttpExchange;
import java.util.Optional;
import java.util.UUID;

/** {@code GET /api/calls}, a page of recorded calls, and {@code GET /api/calls/{id}}, one whole. */
public final class CallsDoor implements Door {
  static final String LIST = "/api/calls";
  static final String ONE = "/api/calls/";

  private static final int OK = 200;

  private final Calls calls;

  /** The door. */
  public CallsDoor(Calls calls) {
    this.calls = calls;
  }

  @Override
  public void handle(HttpExchange exchange) {
    if (exchange.path().equals(LIST)) {
      list(exchange);
    } else {
      show(exchange.path().substring(ONE.length()), exchange);
    }
  }

  private void list(HttpExchange exchange) {
    try {
      exchange.send(OK, CallJson.page(calls.list(QueryReader.query(exchange.query()))));
    } catch (QueryReader.InvalidParameterException invalid) {
      invalid(invalid, exchange);
    }
  }

  static void invalid(QueryReader.InvalidParameterException invalid, HttpExchange exchange) {
    Errors.send(
        ErrorCode.INVALID_REQUEST,
        String.valueOf(invalid.getMessage()),
        Optional.of(invalid.field()),
        exchange);
  }

  private void show(String text, HttpExchange exchange) {
    Optional<StoredCall> call = id(text).flatMap(calls::find);
    if (call.isPresent()) {
      exchange.send(OK, CallJson.call(call.get()));
    } else {
      Errors.send(
          ErrorCode.NOT_FOUND,
          "The ledger has no call with this identifier.",
          Optional.of("id"),
          exchange);
    }
  }

  private static Optional<UUID> id(String text) {
    try {
      return Optional.of(Ids.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
