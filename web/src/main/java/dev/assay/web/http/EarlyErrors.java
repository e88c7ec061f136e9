package dev.assay.web.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.function.BiFunction;

/**
 * Answers what is so broken that no door sees it: a request line or headers that are malformed or
 * too large. It says nothing of what came, and nothing is recorded: whoever sent it is not known.
 */
public final class EarlyErrors implements DirectHandler {
  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");

  private final BiFunction<Integer, String, byte[]> body;

  private EarlyErrors(BiFunction<Integer, String, byte[]> body) {
    this.body = body;
  }

  /**
   * Handlers for every kind of early error.
   *
   * @param body writes an error's body from its status and message; asked once for each answer
   */
  public static DirectHandlers handlers(BiFunction<Integer, String, byte[]> body) {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    EarlyErrors errors = new EarlyErrors(body);
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, errors);
    }
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    String safe =
        switch (type) {
          case HTTP_VERSION_NOT_SUPPORTED -> "Only HTTP/1.1 is spoken here.";
          case INTERNAL_ERROR -> "The server failed.";
          case BAD_REQUEST, PAYLOAD_TOO_LARGE, FORBIDDEN, OTHER -> badRequest(status.code());
        };
    return TransportResponse.builder()
        .status(status)
        .headers(headers)
        .header(JSON)
        .keepAlive(false)
        .entity(body.apply(status.code(), safe))
        .build();
  }

  private static String badRequest(int status) {
    return switch (status) {
      case 414 -> "The request line is too long.";
      case 431 ->
          "The headers are too large: shorten them; metadata can also stand in the body's member"
              + " assay.";
      default -> "The request line or the headers are malformed.";
    };
  }
}
