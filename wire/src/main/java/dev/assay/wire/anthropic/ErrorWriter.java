package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Blame;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.wire.json.Json;

/** Writes failures in Anthropic's error shape. */
final class ErrorWriter {
  /** The type of an error of whoever is overloaded. */
  static final String OVERLOADED = "overloaded_error";

  private ErrorWriter() {}

  /** The body: {@code {"type": "error", "error": {"type", "message"}}}. */
  static Bytes write(Failure failure) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("type", "error");
      json.writeObjectPropertyStart("error");
      json.writeStringProperty("type", type(failure.code()));
      json.writeStringProperty("message", failure.message());
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  /** The type of an error of a code. */
  static String type(ErrorCode code) {
    if (code == ErrorCode.PROVIDER_QUOTA) {
      return "billing_error";
    }
    if (code == ErrorCode.PROVIDER_OVERLOADED || code == ErrorCode.OVERLOADED) {
      return OVERLOADED;
    }
    return switch (code.httpStatus()) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 504 -> "timeout_error";
      default -> code.blame() == Blame.CALLER ? "invalid_request_error" : "api_error";
    };
  }
}
