package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.store.CallSummary;
import dev.assay.wire.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** Totals as JSON. */
final class SummaryJson {
  private SummaryJson() {}

  /**
   * The totals, and the same by model.
   *
   * @param resolution to what the ends of the time range were taken: {@code minute} or {@code hour}
   */
  static Bytes summary(CallSummary summary, String resolution) {
    return Json.write(json -> {
      json.writeStartObject();
      totals(summary.total(), json);
      moment("since", summary.since(), json);
      moment("until", summary.until(), json);
      json.writeStringProperty("resolution", resolution);
      json.writeArrayPropertyStart("models");
      for (CallSummary.ModelTotals model : summary.models()) {
        json.writeStartObject();
        json.writeStringProperty("provider", model.provider());
        json.writeStringProperty("model", model.model());
        totals(model.totals(), json);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void totals(CallSummary.Totals totals, JsonGenerator json) {
    json.writeNumberProperty("call_count", totals.calls());
    json.writeNumberProperty("total_tokens", totals.tokens());
    json.writeName("estimated_cost_usd");
    json.writeNumber(totals.cost().toString());
    Optional<CallSummary.Latency> latency = totals.latency();
    number("avg_latency_ms", latency.map(CallSummary.Latency::mean), json);
    number("p50_latency_ms", latency.map(CallSummary.Latency::p50), json);
    number("p95_latency_ms", latency.map(CallSummary.Latency::p95), json);
    number("p99_latency_ms", latency.map(CallSummary.Latency::p99), json);
    tokens(totals, json);
    json.writeNumberProperty("unknown_cost_count", totals.unknownCosts());
    json.writeNumberProperty("simulated_count", totals.simulated());
    counts("statuses", totals.statuses(), json);
    counts("failures", totals.errors(), json);
  }

  private static void tokens(CallSummary.Totals totals, JsonGenerator json) {
    json.writeObjectPropertyStart("tokens");
    json.writeNumberProperty("input", totals.input());
    json.writeNumberProperty("cache_read", totals.cacheRead());
    json.writeNumberProperty("cache_write_5m", totals.cacheWrite5m());
    json.writeNumberProperty("cache_write_1h", totals.cacheWrite1h());
    json.writeNumberProperty("output", totals.output());
    json.writeNumberProperty("reasoning", totals.reasoning());
    json.writeEndObject();
  }

  private static void counts(String name, Map<String, Long> counts, JsonGenerator json) {
    json.writeObjectPropertyStart(name);
    new TreeMap<>(counts).forEach(json::writeNumberProperty);
    json.writeEndObject();
  }

  private static void number(String name, Optional<Double> value, JsonGenerator json) {
    if (value.isPresent()) {
      json.writeNumberProperty(name, value.get());
    } else {
      json.writeNullProperty(name);
    }
  }

  private static void moment(String name, Optional<Instant> moment, JsonGenerator json) {
    if (moment.isPresent()) {
      json.writeStringProperty(name, moment.get().toString());
    } else {
      json.writeNullProperty(name);
    }
  }
}
