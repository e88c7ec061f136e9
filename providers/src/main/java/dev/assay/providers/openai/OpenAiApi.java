package dev.assay.providers.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.http.Endpoint;
import dev.assay.wire.http.HttpRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the requests to one account. Thread-safe. */
public final class OpenAiApi {
  // A credential among the client's headers must not leave even if a door lets it in.
  private static final Set<String> TRAVELLING = Set.of("openai-beta");

  private final Endpoint endpoint;
  private final Map<String, String> headers;
  private final Paths paths;

  /** Where an account's requests go. Thread-safe. */
  @FunctionalInterface
  public interface Paths {
    /**
     * The raw path, with a query where the account wants one.
     *
     * @param format the format of the request
     * @param model the provider's name for the model
     */
    String of(WireFormat format, String model);
  }

  /**
   * Requests to an account.
   *
   * @param headers what every request carries, the key included, names in lower case
   */
  public OpenAiApi(Endpoint endpoint, Map<String, String> headers, Paths paths) {
    this.endpoint = endpoint;
    this.headers = Map.copyOf(headers);
    this.paths = paths;
  }

  /** A request for a list. */
  public HttpRequest list(String path) {
    return HttpRequest.get(endpoint, path, with(Map.of("accept", "application/json")));
  }

  /**
   * A request for an answer; what the client sent along travels with the same format only.
   *
   * @param format the format of the body
   * @param model the provider's name for the model
   * @param wire the wire form in which the request came
   */
  public HttpRequest completion(
      WireFormat format, String model, Bytes body, boolean streamed, Optional<Wire> wire) {
    Map<String, String> more = new HashMap<>();
    more.put("content-type", "application/json");
    more.put("accept", streamed ? "text/event-stream" : "application/json");
    Optional<Wire> same = wire.filter(came -> came.format() == format);
    same.ifPresent(came ->
        came.headers()
            .forEach((name, value) -> {
              if (TRAVELLING.contains(name)) {
                more.put(name, value);
              }
            }));
    String path = paths.of(format, model);
    String query = same.flatMap(Wire::query).map(raw -> behind(path, raw)).orElse("");
    return HttpRequest.post(endpoint, path + query, with(more), body);
  }

  // What the account's own query says is not the client's to change.
  private static String behind(String path, String query) {
    int start = path.indexOf('?');
    if (start < 0) {
      return "?" + query;
    }
    Set<String> own = names(path.substring(start + 1)).collect(Collectors.toSet());
    return Arrays.stream(query.split("&", -1))
        .filter(parameter -> names(parameter).noneMatch(own::contains))
        .map(parameter -> "&" + parameter)
        .collect(Collectors.joining());
  }

  private static Stream<String> names(String query) {
    return Arrays.stream(query.split("&", -1)).map(parameter -> parameter.split("=", 2)[0]);
  }

  private Map<String, String> with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.putAll(headers);
    return all;
  }
}
