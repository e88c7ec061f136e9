package dev.assay.web.api;

import dev.assay.core.model.StreamHead;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.EmbeddingReport;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.request.WireFormat;
import dev.assay.web.http.HttpExchange;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final HeaderName WARNING = HeaderNames.createFromLowercase("x-assay-warning");
  private static final HeaderName CACHE = HeaderNames.createFromLowercase("x-assay-cache");
  private static final char DELETE = 0x7f;
  private static final int MOST_WARNINGS = 16;
  private static final int LONGEST_WARNING = 300;
  private static final HeaderName ATTEMPTS = HeaderNames.createFromLowercase("x-assay-attempts");

  private Headers() {}

  /** Which call it is. */
  static void call(UUID id, HttpExchange exchange) {
    exchange.header(CALL_ID, id.toString());
  }

  /**
   * What is known when the call is over: cost, attempts, and what the provider said in headers.
   *
   * @param unshown what the door cannot show of the answer, a sentence each
   * @param door the format of the door
   */
  static void details(
      Details details, List<String> unshown, WireFormat door, HttpExchange exchange) {
    details.cost().money().ifPresent(money -> exchange.header(COST, money.toString()));
    exchange.header(ATTEMPTS, Integer.toString(details.attempts().size()));
    details.embedding().ifPresent(report -> exchange.header(CACHE, cacheUse(report)));
    Optional<Exchange> answered = details.exchange();
    List<String> warnings = new ArrayList<>(unshown);
    if (!details.simulated()) {
      warnings.addAll(details.warnings());
    }
    source(
        new StreamHead(
            answered.map(Exchange::format),
            answered.map(Exchange::headers).orElse(Map.of()),
            details.simulated(),
            warnings),
        door,
        exchange);
  }

  private static String cacheUse(EmbeddingReport report) {
    int hits = report.hits();
    return hits == 0 ? "miss" : hits == report.cached().size() ? "hit" : "partial";
  }

  /**
   * Where an answer comes from, and what was lost on the way.
   *
   * @param door the format of the door
   */
  static void source(StreamHead head, WireFormat door, HttpExchange exchange) {
    if (head.simulated()) {
      exchange.header(SIMULATED);
    }
    if (!head.warnings().isEmpty()) {
      warn(head.warnings(), exchange);
    }
    if (head.format().equals(Optional.of(door))) {
      head.headers()
          .forEach((name, value) -> {
            if (travelsBack(name)) {
              exchange.header(HeaderNames.createFromLowercase(name), value);
            }
          });
    }
  }

  private static void warn(List<String> warnings, HttpExchange exchange) {
    exchange.header(
        HeaderValues.create(
            WARNING,
            warnings.stream().limit(MOST_WARNINGS).map(Headers::printable).toArray(String[]::new)));
  }

  // A warning names a field, and the client chose the name.
  private static String printable(String warning) {
    StringBuilder safe = new StringBuilder();
    warning
        .chars()
        .limit(LONGEST_WARNING)
        .forEach(at -> safe.append(at >= ' ' && at < DELETE ? (char) at : '?'));
    return safe.toString();
  }

  private static boolean travelsBack(String name) {
    return name.equals("x-request-id")
        || name.equals("request-id")
        || name.startsWith("x-ratelimit-")
        || name.startsWith("openai-")
        || name.startsWith("anthropic-");
  }
}
