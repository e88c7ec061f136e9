package dev.assay.wire.gemini;

import dev.assay.core.outcome.FinishReason;
import org.jspecify.annotations.Nullable;

/** Finish reasons and their words on the wire. */
final class GeminiFinishReasons {
  private GeminiFinishReasons() {}

  /**
   * The reason that a word stands for.
   *
   * @param calls whether the answer asks for tools
   */
  static FinishReason of(@Nullable String word, boolean calls) {
    return switch (word) {
      // Here an answer that asks for tools stops like any other.
      case "STOP" -> calls ? FinishReason.TOOL_CALLS : FinishReason.STOP;
      case "MAX_TOKENS" -> FinishReason.LENGTH;
      case "SAFETY",
          "RECITATION",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "IMAGE_SAFETY",
          "IMAGE_PROHIBITED_CONTENT",
          "IMAGE_RECITATION" ->
          FinishReason.CONTENT_FILTER;
      case null, default -> FinishReason.OTHER;
    };
  }
}
