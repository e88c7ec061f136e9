package dev.assay.wire.responses;

import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.wire.json.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a {@code usage} object into disjoint classes. In OpenAI's count the input includes what was
 * read from and written to the cache, and the output includes the reasoning.
 */
final class UsageReader {
  private static final long ABSENT = -1;

  // More is no count of tokens, and sums of such counts stay far from an overflow.
  private static final long MOST = 1_000_000_000_000L;

  private long input = ABSENT;
  private long output = ABSENT;
  private long cached = ABSENT;
  private long cacheWritten = ABSENT;
  private long reasoning = ABSENT;

  private UsageReader() {}

  /**
   * The usage that the parser stands on; null when it is none, {@link Usage#ABSENT} when its counts
   * are missing or contradict each other.
   */
  static @Nullable Usage read(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    UsageReader reader = new UsageReader();
    reader.readFields(parser);
    return reader.usage();
  }

  private void readFields(JsonParser parser) {
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "input_tokens" -> input = count(parser);
        case "output_tokens" -> output = count(parser);
        case "input_tokens_details", "output_tokens_details" -> readDetails(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private void readDetails(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "cached_tokens" -> cached = count(parser);
        case "cache_write_tokens" -> cacheWritten = count(parser);
        case "reasoning_tokens" -> reasoning = count(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private static long count(JsonParser parser) {
    return Fields.integerOrAbsent(parser)
        .filter(count -> count >= 0 && count <= MOST)
        .orElse(ABSENT);
  }

  private Usage usage() {
    if (input < 0 || output < 0) {
      return Usage.ABSENT;
    }
    long fromCache = Math.max(cached, 0);
    long toCache = Math.max(cacheWritten, 0);
    long thought = Math.max(reasoning, 0);
    long fresh = input - fromCache - toCache;
    return fresh < 0 || thought > output
        ? Usage.ABSENT
        : new Usage(fresh, fromCache, toCache, 0, output, thought, Provenance.REPORTED);
  }
}
