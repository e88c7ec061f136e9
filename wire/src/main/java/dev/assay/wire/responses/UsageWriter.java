package dev.assay.wire.responses;

import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import tools.jackson.core.JsonGenerator;

/** Writes usage in OpenAI's count, where the input includes the cache and nothing is left apart. */
final class UsageWriter {
  private UsageWriter() {}

  /** Writes the member {@code usage}: null when nobody knows it. */
  static void write(JsonGenerator json, Usage usage) {
    if (usage.provenance() == Provenance.ABSENT) {
      json.writeNullProperty("usage");
      return;
    }
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty("input_tokens", usage.total() - usage.output());
    json.writeObjectPropertyStart("input_tokens_details");
    json.writeNumberProperty("cached_tokens", usage.cacheRead());
    json.writeNumberProperty("cache_write_tokens", usage.cacheWrite5m() + usage.cacheWrite1h());
    json.writeEndObject();
    json.writeNumberProperty("output_tokens", usage.output());
    json.writeObjectPropertyStart("output_tokens_details");
    json.writeNumberProperty("reasoning_tokens", usage.reasoning());
    json.writeEndObject();
    json.writeNumberProperty("total_tokens", usage.total());
    json.writeEndObject();
  }
}
