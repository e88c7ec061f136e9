package dev.assay.web.api;

import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.request.WireFormat;
import dev.assay.web.http.HttpExchange;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.UUID;

/** The headers of answers. */
final class Headers {
  static final HeaderName RETRY_AFTER = HeaderNames.RETRY_AFTER;
  static final Header DO_NOT_RETRY =
      HeaderValues.createCached(HeaderNames.createFromLowercase("x-should-retry"), "false");
  static final Header SIMULATED =
      HeaderValues.createCached(HeaderNames.createFromLowercase("x-assay-simulated"), "true");

  private static final HeaderName CALL_ID = HeaderNames.createFromLowercase("x-assay-call-id");
  private static final HeaderName COST = HeaderNames.createFromLowercase("x-assay-cost-usd");
  private static final HeaderName ATTEMPTS = HeaderNames.createFromLowercase("x-assay-attempts");

  private Headers() {}

  /** Which call it is. */
  static void call(UUID id, HttpExchange exchange) {
    exchange.header(CALL_ID, id.toString());
  }

  /** What is known when the call is over: cost, attempts, and what the provider said in headers. */
  static void details(Details details, HttpExchange exchange) {
    details.cost().money().ifPresent(money -> exchange.header(COST, money.toString()));
    exchange.header(ATTEMPTS, Integer.toString(details.attempts().size()));
    if (details.simulated()) {
      exchange.header(SIMULATED);
    }
    if (details.exchange().isPresent()) {
      provider(details.exchange().get(), exchange);
    }
  }

  private static void provider(Exchange answered, HttpExchange exchange) {
    if (answered.format() != WireFormat.OPENAI_CHAT) {
      return;
    }
    answered
        .headers()
        .forEach((name, value) -> {
          if (travelsBack(name)) {
            exchange.header(HeaderNames.createFromLowercase(name), value);
          }
        });
  }

  private static boolean travelsBack(String name) {
    return name.equals("x-request-id")
        || name.equals("request-id")
        || name.startsWith("x-ratelimit-")
        || name.startsWith("openai-");
  }
}
