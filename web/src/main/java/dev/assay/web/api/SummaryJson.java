package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallSummary;
import dev.assay.wire.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** Totals as JSON. */
public final class SummaryJson {
  // For so long the ledger keeps totals by the minute.
  private static final Duration MINUTES = Duration.ofDays(2);

  private SummaryJson() {}

  /**
   * The totals, and the same by model.
   *
   * @param filter which calls were summed up
   * @param now the time, which decides to what the ends of the time range were taken
   */
  public static Bytes summary(CallSummary summary, CallFilter filter, Instant now) {
    return Json.write(json -> {
      json.writeStartObject();
      totals(summary.total(), json);
      moment("since", summary.since(), json);
      moment("until", summary.until(), json);
      json.writeStringProperty("resolution", resolution(filter, now));
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

  private static String resolution(CallFilter filter, Instant now) {
    return filter.since().filter(since -> since.isAfter(now.minus(MINUTES))).isPresent()
        ? "minute"
        : "hour";
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
    json.writeNumberProperty("input_audio", totals.inputAudio());
    json.writeNumberProperty("output_audio", totals.outputAudio());
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
