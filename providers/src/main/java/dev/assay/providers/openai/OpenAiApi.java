package dev.assay.providers.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.providers.attempt.Account;
import dev.assay.wire.http.Endpoint;
import dev.assay.wire.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the requests to one account. Thread-safe. */
final class OpenAiApi {
  // A credential among the client's headers must not leave even if a door lets it in.
  private static final Set<String> TRAVELLING = Set.of("openai-beta");

  private final Endpoint endpoint;
  private final String path;
  private final Map<String, String> headers;

  OpenAiApi(Account account) {
    this.endpoint = account.endpoint();
    this.path = account.basePath();
    this.headers = account.headers("authorization", "Bearer ");
  }

  Endpoint endpoint() {
    return endpoint;
  }

  HttpRequest models() {
    return HttpRequest.get(endpoint, path + "/models", with(Map.of("accept", "application/json")));
  }

  /** A request for a completion; what the client sent along travels with the same format only. */
  HttpRequest completion(Bytes body, boolean streamed, Optional<Wire> wire) {
    Map<String, String> more = new HashMap<>();
    more.put("content-type", "application/json");
    more.put("accept", streamed ? "text/event-stream" : "application/json");
    Optional<Wire> same = wire.filter(came -> came.format() == WireFormat.OPENAI_CHAT);
    same.ifPresent(came ->
        came.headers()
            .forEach((name, value) -> {
              if (TRAVELLING.contains(name)) {
                more.put(name, value);
              }
            }));
    String query = same.flatMap(Wire::query).map(raw -> "?" + raw).orElse("");
    return HttpRequest.post(endpoint, path + "/chat/completions" + query, with(more), body);
  }

  private Map<String, String> with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.putAll(headers);
    return all;
  }
}
