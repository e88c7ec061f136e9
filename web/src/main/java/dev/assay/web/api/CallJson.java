package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.store.CallPage;
import dev.assay.core.store.CallRow;
import dev.assay.core.store.StoredAttempt;
import dev.assay.core.store.StoredCall;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import dev.assay.wire.json.Json;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Recorded calls as JSON, under the names of the ledger's columns; what is absent is null. */
public final class CallJson {
  private static final double NANOS_PER_MILLI = 1e6;

  private CallJson() {}

  /** A page: the calls without their bodies, and where the next page begins. */
  public static Bytes page(CallPage page) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("calls");
      for (CallRow row : page.calls()) {
        json.writeStartObject();
        columns(row, json);
        json.writeEndObject();
      }
      json.writeEndArray();
      text("next", page.next(), json);
      json.writeEndObject();
    });
  }

  /** One call, whole. */
  public static Bytes call(StoredCall call) {
    return Json.write(json -> {
      json.writeStartObject();
      columns(call.row(), json);
      embedded("request_json", call.requestJson(), json);
      embedded("response_json", call.responseJson(), json);
      embedded("error_json", call.errorJson(), json);
      embedded("metadata_json", call.metadataJson(), json);
      json.writeArrayPropertyStart("call_attempts");
      call.attempts().forEach(attempt -> attempt(attempt, json));
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void columns(CallRow row, JsonGenerator json) {
    json.writeStringProperty("id", row.id().toString());
    text("parent_id", row.parentId(), json);
    text("run_id", row.runId(), json);
    text("step", row.step(), json);
    json.writeStringProperty("kind", row.kind().text());
    json.writeStringProperty("principal", row.principal());
    text("user_id", row.userId(), json);
    text("leader_id", row.leaderId(), json);
    json.writeStringProperty("provider", row.provider());
    json.writeStringProperty("model", row.model());
    json.writeStringProperty("modality", row.modality());
    json.writeStringProperty("status", row.status().text());
    json.writeStringProperty("delivered", row.delivered().text());
    text("error_code", row.errorCode(), json);
    millis("latency_ms", row.latency(), json);
    millis("ttft_ms", row.firstToken(), json);
    tokens(row.usage(), json);
    cost(row.cost(), json);
    text("price_version", row.priceVersion(), json);
    json.writeBooleanProperty("simulated", row.simulated());
    number("attempts", row.attempts(), json);
    json.writeStringProperty("writer", row.writer());
    json.writeNumberProperty("seq", row.seq());
    json.writeStringProperty("created_at", row.createdAt().toString());
  }

  private static void attempt(StoredAttempt attempt, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("number", attempt.number());
    json.writeStringProperty("role", attempt.role());
    json.writeStringProperty("provider", attempt.provider());
    json.writeStringProperty("model", attempt.model());
    text("endpoint", attempt.endpoint(), json);
    number("http_status", attempt.httpStatus(), json);
    text("error_code", attempt.errorCode(), json);
    text("retry_reason", attempt.retryReason(), json);
    millis("delay_ms", Optional.of(attempt.delay()), json);
    millis("latency_ms", Optional.of(attempt.latency()), json);
    tokens(attempt.usage(), json);
    cost(attempt.cost(), json);
    text("price_version", attempt.priceVersion(), json);
    text("provider_request_id", attempt.providerRequestId(), json);
    text("sent_digest", attempt.sentDigest(), json);
    text("received_digest", attempt.receivedDigest(), json);
    json.writeStringProperty("started_at", attempt.startedAt().toString());
    json.writeEndObject();
  }

  private static void tokens(Usage usage, JsonGenerator json) {
    json.writeObjectPropertyStart("tokens_json");
    json.writeNumberProperty("input", usage.input());
    json.writeNumberProperty("cache_read", usage.cacheRead());
    json.writeNumberProperty("cache_write_5m", usage.cacheWrite5m());
    json.writeNumberProperty("cache_write_1h", usage.cacheWrite1h());
    json.writeNumberProperty("output", usage.output());
    json.writeNumberProperty("reasoning", usage.reasoning());
    json.writeNumberProperty("total", usage.total());
    json.writeStringProperty("provenance", usage.provenance().name().toLowerCase(Locale.ROOT));
    json.writeEndObject();
  }

  private static void cost(Cost cost, JsonGenerator json) {
    json.writeName("cost_usd");
    if (cost.money().isPresent()) {
      json.writeNumber(cost.money().get().toString());
    } else {
      json.writeNull();
    }
    json.writeStringProperty(
        "cost_basis",
        switch (cost) {
          case Cost.Known known -> "known";
          case Cost.Estimated estimated -> "estimated";
          case Cost.Unknown unknown -> "unknown";
        });
  }

  private static void millis(String name, Optional<Duration> duration, JsonGenerator json) {
    json.writeName(name);
    if (duration.isPresent()) {
      json.writeNumber(duration.get().toNanos() / NANOS_PER_MILLI);
    } else {
      json.writeNull();
    }
  }

  private static void number(String name, Optional<Integer> value, JsonGenerator json) {
    if (value.isPresent()) {
      json.writeNumberProperty(name, value.get());
    } else {
      json.writeNullProperty(name);
    }
  }

  private static void text(String name, Optional<?> value, JsonGenerator json) {
    if (value.isPresent()) {
      json.writeStringProperty(name, value.get().toString());
    } else {
      json.writeNullProperty(name);
    }
  }

  private static void embedded(String name, Optional<String> value, JsonGenerator json) {
    json.writeName(name);
    json.writeRawValue(value.orElse("null"));
  }
}
