package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Blame;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.wire.json.Json;

/** Writes failures in OpenAI's error shape. */
public final class ErrorWriter {
  private ErrorWriter() {}

  /** The body: {@code {"error": {"message", "type", "param", "code"}}}. */
  public static Bytes write(Failure failure) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeObjectPropertyStart("error");
      json.writeStringProperty("message", failure.message());
      json.writeStringProperty("type", type(failure.code()));
      if (failure.field().isPresent()) {
        json.writeStringProperty("param", failure.field().get());
      } else {
        json.writeNullProperty("param");
      }
      json.writeStringProperty("code", failure.code().text());
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  private static String type(ErrorCode code) {
    if (code == ErrorCode.PROVIDER_QUOTA) {
      return "insufficient_quota";
    }
    return switch (code.httpStatus()) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      default -> code.blame() == Blame.CALLER ? "invalid_request_error" : "server_error";
    };
  }
}
