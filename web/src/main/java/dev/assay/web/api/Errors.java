package dev.assay.web.api;

import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Timings;
import dev.assay.web.http.HttpExchange;
import dev.assay.wire.anthropic.MessagesDoorFormat;
import dev.assay.wire.format.DoorFormat;
import dev.assay.wire.json.Json;
import dev.assay.wire.openai.ChatDoorFormat;
import dev.assay.wire.openai.ErrorWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Errors of requests that are no calls; they are not recorded. */
public final class Errors {
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final String MESSAGES = "/v1/messages";
  private static final Timings NONE = new Timings(Instant.EPOCH, Duration.ZERO, Optional.empty());

  private Errors() {}

  /** Sends an error with the status of its code, in the format of the client. */
  static void send(ErrorCode code, String message, Optional<String> field, HttpExchange exchange) {
    DoorFormat format = format(exchange);
    Failure failure = of(code, message, field);
    exchange.send(format.status(failure), format.error(failure));
  }

  /** The format in which a client understands errors, as far as its request shows it. */
  private static DoorFormat format(HttpExchange exchange) {
    return speaksAnthropic(exchange) || exchange.path().startsWith(MESSAGES)
        ? MessagesDoorFormat.FORMAT
        : ChatDoorFormat.FORMAT;
  }

  /** Whether a client says that it is one of Anthropic's API. */
  static boolean speaksAnthropic(HttpExchange exchange) {
    return exchange.head().travelling().containsKey("anthropic-version");
  }

  /** The failure behind an error. */
  static Failure of(ErrorCode code, String message, Optional<String> field) {
    return Failure.refused(code, message, field, Details.refused("", NONE));
  }

  /**
   * The body of an error that is found before any door sees the request.
   *
   * @param status the answer's HTTP status
   */
  public static byte[] early(int status, String message) {
    ErrorCode code =
        switch (status) {
          case 414, 431 -> ErrorCode.REQUEST_TOO_LARGE;
          case 500 -> ErrorCode.INTERNAL_ERROR;
          default -> ErrorCode.INVALID_REQUEST;
        };
    return ErrorWriter.write(of(code, message, Optional.empty())).toArray();
  }

  /**
   * Sends that a path does not take a method. No call can fail so, and its code is none of theirs.
   *
   * @param allowed the methods that it takes, separated by commas
   */
  static void methodNotAllowed(String allowed, HttpExchange exchange) {
    String message = "This path takes only " + allowed + ".";
    DoorFormat format = format(exchange);
    if (format != ChatDoorFormat.FORMAT) {
      Failure failure = of(ErrorCode.INVALID_REQUEST, message, Optional.empty());
      exchange.send(METHOD_NOT_ALLOWED, format.error(failure));
      return;
    }
    exchange.send(
        METHOD_NOT_ALLOWED,
        Json.write(json -> {
          json.writeStartObject();
          json.writeObjectPropertyStart("error");
          json.writeStringProperty("message", message);
          json.writeStringProperty("type", "invalid_request_error");
          json.writeNullProperty("param");
          json.writeStringProperty("code", Unrecorded.METHOD_NOT_ALLOWED.text());
          json.writeEndObject();
          json.writeEndObject();
        }));
  }

  /** Sends that the server has a defect. */
  public static void internal(HttpExchange exchange) {
    send(ErrorCode.INTERNAL_ERROR, "The server failed.", Optional.empty(), exchange);
  }
}
