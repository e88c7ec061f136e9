package dev.assay.wire.http;

import dev.assay.core.bytes.Bytes;
import java.util.Map;
import java.util.Optional;

/**
 * A request. {@code Host} and {@code Content-Length} are added on the way.
 *
 * @param method such as {@code POST}
 * @param endpoint where it goes
 * @param path the raw path with its query, from the first slash
 * @param headers the headers, one value a name
 * @param body the body
 */
public record HttpRequest(
    String method,
    Endpoint endpoint,
    String path,
    Map<String, String> headers,
    Optional<Bytes> body) {
  /** Copies the headers and checks the path. */
  public HttpRequest {
    headers = Map.copyOf(headers);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path: must begin with a slash");
    }
  }

  /** A GET. */
  public static HttpRequest get(Endpoint endpoint, String path, Map<String, String> headers) {
    return new HttpRequest("GET", endpoint, path, headers, Optional.empty());
  }

  /** A POST. */
  public static HttpRequest post(
      Endpoint endpoint, String path, Map<String, String> headers, Bytes body) {
    return new HttpRequest("POST", endpoint, path, headers, Optional.of(body));
  }
}
