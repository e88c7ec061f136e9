package dev.assay.web.api;

import dev.assay.core.store.CallFilter;
import dev.assay.core.store.Calls;
import dev.assay.core.time.Clock;
import dev.assay.web.http.Door;
import dev.assay.web.http.HttpExchange;

/** {@code GET /api/stats}: totals over recorded calls. */
public final class StatsDoor implements Door {
  private static final int OK = 200;

  private final Calls calls;
  private final Clock clock;

  /** The door. */
  public StatsDoor(Calls calls, Clock clock) {
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  public void handle(HttpExchange exchange) {
    try {
      CallFilter filter = QueryReader.totals(exchange.query());
      exchange.send(OK, SummaryJson.summary(calls.summary(filter), filter, clock.now()));
    } catch (QueryReader.InvalidParameterException invalid) {
      CallsDoor.invalid(invalid, exchange);
    }
  }
}
