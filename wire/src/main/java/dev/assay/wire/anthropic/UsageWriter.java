package dev.assay.wire.anthropic;

import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import tools.jackson.core.JsonGenerator;

/** Writes usage in Anthropic's count, where the input excludes the caches. */
final class UsageWriter {
  private UsageWriter() {}

  /** Writes the member {@code usage}; the clients insist on it, so what nobody knows is 0. */
  static void write(JsonGenerator json, Usage usage) {
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty("input_tokens", usage.input());
    json.writeNumberProperty(
        "cache_creation_input_tokens", usage.cacheWrite5m() + usage.cacheWrite1h());
    json.writeNumberProperty("cache_read_input_tokens", usage.cacheRead());
    json.writeObjectPropertyStart("cache_creation");
    json.writeNumberProperty("ephemeral_5m_input_tokens", usage.cacheWrite5m());
    json.writeNumberProperty("ephemeral_1h_input_tokens", usage.cacheWrite1h());
    json.writeEndObject();
    json.writeNumberProperty("output_tokens", usage.output());
    if (usage.reasoning() > 0) {
      json.writeObjectPropertyStart("output_tokens_details");
      json.writeNumberProperty("thinking_tokens", usage.reasoning());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  /**
   * Writes the member {@code usage} of the event that opens a stream, when nothing is known. The
   * split of the cache writes stays unsaid: clients keep it from here to the end.
   */
  static void writeFirst(JsonGenerator json) {
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty("input_tokens", 0);
    json.writeNumberProperty("cache_creation_input_tokens", 0);
    json.writeNumberProperty("cache_read_input_tokens", 0);
    json.writeNumberProperty("output_tokens", 0);
    json.writeEndObject();
  }

  /** Writes the member {@code usage} of an event in which only the output must be said. */
  static void writeLast(JsonGenerator json, Usage usage) {
    if (usage.provenance() != Provenance.ABSENT) {
      write(json, usage);
      return;
    }
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty("output_tokens", 0);
    json.writeEndObject();
  }
}
