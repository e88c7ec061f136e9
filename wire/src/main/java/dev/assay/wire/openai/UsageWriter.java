package dev.assay.wire.openai;

import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import tools.jackson.core.JsonGenerator;

/**
 * Writes usage in OpenAI's count, where the prompt includes the cache and nothing is left apart.
 */
final class UsageWriter {
  private UsageWriter() {}

  static boolean known(Usage usage) {
    return usage.provenance() != Provenance.ABSENT;
  }

  /** Writes the member {@code usage}. */
  static void write(JsonGenerator json, Usage usage) {
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty("prompt_tokens", usage.total() - usage.output());
    json.writeNumberProperty("completion_tokens", usage.output());
    json.writeNumberProperty("total_tokens", usage.total());
    json.writeObjectPropertyStart("prompt_tokens_details");
    json.writeNumberProperty("cached_tokens", usage.cacheRead());
    json.writeEndObject();
    json.writeObjectPropertyStart("completion_tokens_details");
    json.writeNumberProperty("reasoning_tokens", usage.reasoning());
    json.writeEndObject();
    json.writeEndObject();
  }
}
