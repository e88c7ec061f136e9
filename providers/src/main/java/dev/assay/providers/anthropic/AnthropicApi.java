package dev.assay.providers.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.providers.attempt.Account;
import dev.assay.wire.http.Endpoint;
import dev.assay.wire.http.HttpRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the requests to one account. Thread-safe. */
final class AnthropicApi {
  private static final String VERSION = "anthropic-version";
  private static final String BETA = "anthropic-beta";

  // The one whose requests and answers are written and read here.
  private static final String OWN_VERSION = "2023-06-01";

  private static final int MOST_MODELS = 1_000;

  private final Endpoint endpoint;
  private final String path;
  private final Map<String, String> headers;

  AnthropicApi(Account account) {
    this.endpoint = account.endpoint();
    String base = account.basePath();
    this.path = base.endsWith("/v1") ? base : base + "/v1";
    this.headers = account.headers("x-api-key", "");
  }

  /**
   * A page of the list of models.
   *
   * @param after the identifier of the last model before it; empty for the first page
   */
  HttpRequest models(Optional<String> after) {
    String from =
        after.map(id -> "&after_id=" + URLEncoder.encode(id, StandardCharsets.UTF_8)).orElse("");
    Map<String, String> more = new HashMap<>();
    more.put("accept", "application/json");
    more.put(VERSION, OWN_VERSION);
    return HttpRequest.get(endpoint, path + "/models?limit=" + MOST_MODELS + from, with(more));
  }

  /** A request for a message; what the client sent along travels with the same format only. */
  HttpRequest message(Bytes body, boolean streamed, Optional<Wire> wire) {
    return post("/messages", body, streamed, wire);
  }

  /** A request for the number of input tokens. */
  HttpRequest count(Bytes body, Optional<Wire> wire) {
    return post("/messages/count_tokens", body, false, wire);
  }

  private HttpRequest post(String what, Bytes body, boolean streamed, Optional<Wire> wire) {
    Optional<Wire> same = wire.filter(came -> came.format() == WireFormat.ANTHROPIC_MESSAGES);
    Map<String, String> came = same.map(Wire::headers).orElse(Map.of());
    Map<String, String> more = new HashMap<>();
    more.put("content-type", "application/json");
    more.put("accept", streamed ? "text/event-stream" : "application/json");
    more.put(VERSION, came.getOrDefault(VERSION, OWN_VERSION));
    String query = same.flatMap(Wire::query).map(raw -> "?" + raw).orElse("");
    Map<String, String> all = with(more);
    // A credential among the client's headers must not leave even if a door lets it in.
    String beta = came.get(BETA);
    if (beta != null) {
      all.merge(BETA, beta, (own, clients) -> own + "," + clients);
    }
    return HttpRequest.post(endpoint, path + what + query, all, body);
  }

  private Map<String, String> with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.putAll(headers);
    return all;
  }
}
