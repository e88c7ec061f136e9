package dev.assay.wire.gemini;

import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.TokenField;
import dev.assay.wire.json.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads {@code usageMetadata} into disjoint classes.
 *
 * <p>In Gemini's count the prompt includes what was read from the cache; what tools put into it,
 * and the thoughts, are counted apart. A count of 0 is left out.
 */
final class GeminiUsageReader {
  private long prompt = TokenField.ABSENT;
  private long cached;
  private long candidates = TokenField.ABSENT;
  private long thoughts;
  private long toolUse;
  private long total = TokenField.ABSENT;
  private long promptAudio;
  private long cachedAudio;
  private long candidatesAudio;

  private GeminiUsageReader() {}

  /**
   * The usage that the parser stands on; null when it is none, {@link Usage#ABSENT} when its counts
   * are missing or contradict each other.
   */
  static @Nullable Usage read(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    GeminiUsageReader reader = new GeminiUsageReader();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      reader.readField(parser, field);
    }
    return reader.usage();
  }

  private void readField(JsonParser parser, String field) {
    switch (field) {
      case "promptTokenCount" -> prompt = TokenField.read(parser);
      case "cachedContentTokenCount" -> cached = Math.max(TokenField.read(parser), 0);
      case "candidatesTokenCount" -> candidates = TokenField.read(parser);
      case "thoughtsTokenCount" -> thoughts = Math.max(TokenField.read(parser), 0);
      case "toolUsePromptTokenCount" -> toolUse = Math.max(TokenField.read(parser), 0);
      case "totalTokenCount" -> total = TokenField.read(parser);
      case "promptTokensDetails" -> promptAudio = audio(parser);
      case "cacheTokensDetails" -> cachedAudio = audio(parser);
      case "candidatesTokensDetails" -> candidatesAudio = audio(parser);
      default -> parser.skipChildren();
    }
  }

  /** The audio in a list of {@code {"modality": "AUDIO", "tokenCount": 7}}. */
  private static long audio(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return 0;
    }
    long sum = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      sum = parser.currentToken() == JsonToken.START_OBJECT ? sum + audioOf(parser) : sum;
      parser.skipChildren();
    }
    return Math.min(sum, Usage.MOST);
  }

  private static long audioOf(JsonParser parser) {
    String modality = null;
    long tokens = 0;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "modality" -> modality = Fields.stringOrNull(parser);
        case "tokenCount" -> tokens = Math.max(TokenField.read(parser), 0);
        default -> parser.skipChildren();
      }
    }
    return "AUDIO".equals(modality) ? tokens : 0;
  }

  private Usage usage() {
    if (prompt < 0 || cached > prompt) {
      return Usage.ABSENT;
    }
    long said = candidates >= 0 ? candidates : Math.max(total - prompt - toolUse - thoughts, 0);
    long input = prompt - cached + toolUse;
    long output = said + thoughts;
    return new Usage(
        input,
        cached,
        0,
        0,
        output,
        thoughts,
        Math.min(Math.max(promptAudio - cachedAudio, 0), input),
        Math.min(candidatesAudio, said),
        Provenance.REPORTED);
  }
}
