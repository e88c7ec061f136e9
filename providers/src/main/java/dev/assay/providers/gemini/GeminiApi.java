package dev.assay.providers.gemini;

import dev.assay.core.bytes.Bytes;
import dev.assay.providers.attempt.Account;
import dev.assay.wire.gemini.GeminiModel;
import dev.assay.wire.http.Endpoint;
import dev.assay.wire.http.HttpRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the requests to one account. Thread-safe. */
final class GeminiApi {
  private static final int LARGEST_PAGE = 1_000;
  private static final String JSON = "application/json";

  private final Endpoint endpoint;
  private final String path;
  private final Map<String, String> headers;

  GeminiApi(Account account) {
    this.endpoint = account.endpoint();
    this.path = account.basePath();
    this.headers = account.headers("x-goog-api-key", "");
  }

  /**
   * A page of the list of models.
   *
   * @param token names the page; absent for the first
   */
  HttpRequest models(Optional<String> token) {
    String page =
        token
            .map(name -> "&pageToken=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
            .orElse("");
    return HttpRequest.get(
        endpoint, path + "/models?pageSize=" + LARGEST_PAGE + page, with(Map.of("accept", JSON)));
  }

  HttpRequest generate(String model, Bytes body, boolean streamed) {
    return streamed
        ? post(model, "streamGenerateContent?alt=sse", "text/event-stream", body)
        : post(model, "generateContent", JSON, body);
  }

  HttpRequest count(String model, Bytes body) {
    return post(model, "countTokens", JSON, body);
  }

  HttpRequest embed(String model, Bytes body) {
    return post(model, "batchEmbedContents", JSON, body);
  }

  private HttpRequest post(String model, String method, String accept, Bytes body) {
    return HttpRequest.post(
        endpoint,
        path + "/" + GeminiModel.path(model) + ":" + method,
        with(Map.of("content-type", JSON, "accept", accept)),
        body);
  }

  private Map<String, String> with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.putAll(headers);
    return all;
  }
}
