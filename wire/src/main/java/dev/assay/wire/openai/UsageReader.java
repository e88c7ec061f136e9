package dev.assay.wire.openai;

import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.TokenField;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the {@code usage} object of OpenAI's APIs into disjoint classes. What Chat calls prompt and
 * completion, Responses calls input and output.
 *
 * <p>In OpenAI's count the prompt includes what was read from the cache and the completion includes
 * the reasoning. Beside {@code prompt_tokens_details.cached_tokens} the cache reads are looked for
 * where DeepSeek ({@code prompt_cache_hit_tokens}) and Moonshot ({@code cached_tokens}) put them;
 * cache writes where OpenRouter does ({@code prompt_tokens_details.cache_write_tokens}). Audio is a
 * part of the prompt and of the completion; in the prompt it counts as not cached.
 */
public final class UsageReader {
  private long prompt = TokenField.ABSENT;
  private long completion = TokenField.ABSENT;
  private long total = TokenField.ABSENT;
  private long cached = TokenField.ABSENT;
  private long cachedBeside = TokenField.ABSENT;
  private long cacheWritten = TokenField.ABSENT;
  private long reasoning = TokenField.ABSENT;
  private long promptAudio = TokenField.ABSENT;
  private long completionAudio = TokenField.ABSENT;

  private UsageReader() {}

  /**
   * The usage that the parser stands on; null when it is none, {@link Usage#ABSENT} when its counts
   * are missing or contradict each other.
   */
  public static @Nullable Usage read(JsonParser parser) {
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
        case "prompt_tokens", "input_tokens" -> prompt = TokenField.read(parser);
        case "completion_tokens", "output_tokens" -> completion = TokenField.read(parser);
        case "total_tokens" -> total = TokenField.read(parser);
        case "prompt_cache_hit_tokens", "cached_tokens" -> cachedBeside = TokenField.read(parser);
        case "prompt_tokens_details", "input_tokens_details" -> promptAudio = readDetails(parser);
        case "completion_tokens_details", "output_tokens_details" ->
            completionAudio = readDetails(parser);
        default -> parser.skipChildren();
      }
    }
  }

  /** Reads the details of either side and gives its audio. */
  private long readDetails(JsonParser parser) {
    long audio = TokenField.ABSENT;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return audio;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "cached_tokens" -> cached = TokenField.read(parser);
        case "cache_write_tokens" -> cacheWritten = TokenField.read(parser);
        case "reasoning_tokens" -> reasoning = TokenField.read(parser);
        case "audio_tokens" -> audio = TokenField.read(parser);
        default -> parser.skipChildren();
      }
    }
    return audio;
  }

  private Usage usage() {
    if (prompt < 0 || completion < 0) {
      return Usage.ABSENT;
    }
    long fromCache = Math.max(cached >= 0 ? cached : cachedBeside, 0);
    long toCache = Math.max(cacheWritten, 0);
    long thought = Math.max(reasoning, 0);
    long output = thoughtIsApart(thought) ? completion + thought : completion;
    long input = prompt - fromCache - toCache;
    if (input < 0 || thought > output) {
      return Usage.ABSENT;
    }
    // Audio may have been read from the cache; how much of it was is not said here.
    long audioIn = Math.min(Math.max(promptAudio, 0), input);
    long audioOut = Math.min(Math.max(completionAudio, 0), output);
    return new Usage(
        input, fromCache, toCache, 0, output, thought, audioIn, audioOut, Provenance.REPORTED);
  }

  // xAI counts the reasoning beside the completion, and shows it in the total.
  private boolean thoughtIsApart(long thought) {
    return thought > 0 && total == prompt + completion + thought;
  }
}
