package dev.assay.web.api;

import dev.assay.core.outcome.ErrorCode;
import dev.assay.web.http.RequestHead;
import java.util.Optional;

/** Checks the headers that say what a body is, and those that travel on. */
final class ContentHeaders {
  private static final String JSON = "application/json";

  private ContentHeaders() {}

  /** Why a request with these headers cannot be taken; empty when it can. */
  static Optional<Refusals.Reason> unsuited(RequestHead head) {
    if (head.contentType().filter(ContentHeaders::json).isEmpty()) {
      return reason("content-type", "Content-Type must be application/json.");
    }
    if (head.contentEncoding().filter(coding -> !coding.equals("identity")).isPresent()) {
      return reason("content-encoding", "The body must not be compressed.");
    }
    if (head.twice().isPresent()) {
      return Optional.of(
          Refusals.Reason.of(
              ErrorCode.INVALID_REQUEST,
              "The header " + head.twice().get() + " must be sent once.",
              head.twice()));
    }
    return head.travelling().entrySet().stream()
        .filter(header -> !RequestHead.printable(header.getValue()))
        .findFirst()
        .map(header ->
            Refusals.Reason.of(
                ErrorCode.INVALID_REQUEST,
                "The header must be printable ASCII.",
                Optional.of(header.getKey())));
  }

  private static boolean json(String type) {
    int end = type.indexOf(';');
    String media = end < 0 ? type : type.substring(0, end).strip();
    return media.equalsIgnoreCase(JSON);
  }

  private static Optional<Refusals.Reason> reason(String header, String message) {
    return Optional.of(
        Refusals.Reason.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, message, Optional.of(header)));
  }
}
