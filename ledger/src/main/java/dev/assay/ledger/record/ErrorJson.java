package dev.assay.ledger.record;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Blame;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.ProviderError;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.wire.json.Json;
import tools.jackson.core.JsonGenerator;

/**
 * Writes {@code error_json}: {@code code, blame, message, field, retryable, http_status,
 * provider_message, provider_body}; what is unknown is left out.
 */
final class ErrorJson {
  private ErrorJson() {}

  static Bytes write(Failure failure) {
    return Json.write(json -> {
      json.writeStartObject();
      writeCode(json, failure.code(), failure.blame(), failure.message());
      failure.field().ifPresent(field -> json.writeStringProperty("field", field));
      json.writeBooleanProperty("retryable", failure.retry() instanceof RetryDecision.After);
      failure.provider().ifPresent(error -> writeProvider(json, error));
      json.writeEndObject();
    });
  }

  /** The error of a call in whose middle the program stopped. */
  static Bytes interrupted() {
    ErrorCode code = ErrorCode.INTERRUPTED;
    return Json.write(json -> {
      json.writeStartObject();
      writeCode(json, code, code.blame(), "The program stopped in the middle of the call.");
      json.writeBooleanProperty("retryable", false);
      json.writeEndObject();
    });
  }

  private static void writeCode(JsonGenerator json, ErrorCode code, Blame blame, String message) {
    json.writeStringProperty("code", code.text());
    json.writeStringProperty("blame", blame.text());
    json.writeStringProperty("message", message);
  }

  private static void writeProvider(JsonGenerator json, ProviderError error) {
    json.writeNumberProperty("http_status", error.httpStatus());
    error.message().ifPresent(text -> json.writeStringProperty("provider_message", text));
    json.writeName("provider_body");
    if (error.json() && StoredJson.valid(error.body())) {
      Json.writeRaw(json, error.body());
    } else {
      json.writeString(error.body().utf8());
    }
  }
}
