package dev.assay.wire.http;

import dev.assay.core.outcome.ErrorCode;
import java.io.IOException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong on a connection into a failure. */
final class FailureClassifier {
  private FailureClassifier() {}

  /** No connection came about. */
  static HttpFailure connecting(Exchange exchange, Endpoint endpoint, IOException thrown) {
    ErrorCode stopped = stopped(exchange);
    if (stopped != null) {
      return stopped(stopped, exchange, endpoint);
    }
    String why =
        switch (thrown) {
          case UnknownHostException unknown -> "the host name is unknown";
          case SSLException untrusted ->
              "TLS could not be agreed on, or the certificate is not trusted";
          case IOException other -> "nothing accepts connections there";
        };
    return new HttpFailure(
        ErrorCode.CONNECT_FAILED,
        "Could not connect to " + endpoint.authority() + ": " + why + ".",
        exchange.sent());
  }

  /** The exchange broke while the request or the response was on its way. */
  static HttpFailure exchanging(Exchange exchange, Connection connection, Exception thrown) {
    Endpoint endpoint = connection.endpoint();
    ErrorCode stopped = stopped(exchange);
    if (stopped != null) {
      return stopped(stopped, exchange, endpoint);
    }
    boolean malformed =
        thrown instanceof HttpException
            || thrown instanceof MalformedChunkCodingException
            || thrown instanceof MessageConstraintException;
    // What looks malformed at the end of the bytes is only cut off.
    return malformed && !connection.ended()
        ? malformed(exchange, endpoint)
        : lost(exchange, endpoint);
  }

  static HttpFailure malformed(Exchange exchange, Endpoint endpoint) {
    return new HttpFailure(
        ErrorCode.MALFORMED_RESPONSE,
        endpoint.authority() + " answered with something that is not HTTP/1.1.",
        exchange.sent());
  }

  static HttpFailure lost(Exchange exchange, Endpoint endpoint) {
    return new HttpFailure(
        ErrorCode.CONNECTION_LOST,
        "The connection to " + endpoint.authority() + " broke before the answer was whole.",
        exchange.sent());
  }

  static HttpFailure tooLarge(Exchange exchange, Endpoint endpoint, int limit) {
    return new HttpFailure(
        ErrorCode.RESPONSE_TOO_LARGE,
        "The answer of " + endpoint.authority() + " is larger than " + limit + " bytes.",
        exchange.sent());
  }

  // An interrupt closes the channel under its thread, which shows as one of several exceptions.
  private static @Nullable ErrorCode stopped(Exchange exchange) {
    ErrorCode stopped = exchange.stopped();
    return stopped == null && Thread.currentThread().isInterrupted()
        ? ErrorCode.CANCELLED
        : stopped;
  }

  private static HttpFailure stopped(ErrorCode code, Exchange exchange, Endpoint endpoint) {
    return new HttpFailure(code, sentence(code, endpoint.authority()), exchange.sent());
  }

  private static String sentence(ErrorCode code, String authority) {
    return switch (code) {
      case CONNECT_TIMEOUT -> "Could not connect to " + authority + " in time.";
      case FIRST_BYTE_TIMEOUT -> authority + " did not begin to answer in time.";
      case IDLE_TIMEOUT -> authority + " stopped in the middle of its answer.";
      case DEADLINE_EXCEEDED -> "The call's deadline passed while " + authority + " was asked.";
      case SHUTTING_DOWN -> "The program is stopping.";
      default -> "The call was stopped while " + authority + " was asked.";
    };
  }
}
