package dev.assay.wire.openai;

import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import tools.jackson.core.JsonGenerator;

/**
 * Writes usage in OpenAI's count, where the prompt includes the cache and nothing is left apart.
 * Cache writes stand where OpenRouter has them, whatever their time to live.
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
    writeIfAny(json, "cache_write_tokens", usage.cacheWrite5m() + usage.cacheWrite1h());
    writeIfAny(json, "audio_tokens", usage.inputAudio());
    json.writeEndObject();
    json.writeObjectPropertyStart("completion_tokens_details");
    json.writeNumberProperty("reasoning_tokens", usage.reasoning());
    writeIfAny(json, "audio_tokens", usage.outputAudio());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeIfAny(JsonGenerator json, String member, long count) {
    if (count > 0) {
      json.writeNumberProperty(member, count);
    }
  }
}
