package dev.assay.providers.attempt;

import dev.assay.core.secret.Secrets;
import dev.assay.wire.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The head of a response, as far as it travels back; free of secrets.
 *
 * @param status the status of the response
 * @param headers the headers that travel back, names in lower case
 */
record Head(int status, Map<String, String> headers) {
  private static final Set<String> TRAVELLING =
      Set.of("x-request-id", "request-id", "apim-request-id", "retry-after", "retry-after-ms");

  static Head of(HttpResponse response, Secrets secrets) {
    Map<String, String> travelling = new HashMap<>();
    response
        .headers()
        .forEach((name, value) -> {
          if (travels(name)) {
            travelling.put(name, secrets.scrub(value));
          }
        });
    return new Head(response.status(), travelling);
  }

  private static boolean travels(String name) {
    return TRAVELLING.contains(name)
        || name.startsWith("x-ratelimit-")
        || name.startsWith("openai-")
        || name.startsWith("anthropic-");
  }

  Optional<String> requestId() {
    return Optional.ofNullable(headers.get("x-request-id"))
        .or(() -> Optional.ofNullable(headers.get("request-id")))
        .or(() -> Optional.ofNullable(headers.get("apim-request-id")));
  }
}
