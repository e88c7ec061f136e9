package dev.assay.wire.anthropic;

import dev.assay.core.outcome.FinishReason;
import org.jspecify.annotations.Nullable;

/** Finish reasons and their words on the wire. */
final class StopReasons {
  private StopReasons() {}

  /** The reason that a word stands for. */
  static FinishReason of(@Nullable String word) {
    return switch (word) {
      case "end_turn", "stop_sequence" -> FinishReason.STOP;
      case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
      case "tool_use" -> FinishReason.TOOL_CALLS;
      case "refusal" -> FinishReason.REFUSAL;
      case null, default -> FinishReason.OTHER;
    };
  }

  /** The word for a reason. */
  static String word(FinishReason reason) {
    return switch (reason) {
      case STOP, OTHER -> "end_turn";
      case LENGTH -> "max_tokens";
      case TOOL_CALLS -> "tool_use";
      // Anthropic's own classifiers cut an answer with this word too.
      case REFUSAL, CONTENT_FILTER -> "refusal";
    };
  }
}
