package dev.assay.wire.openai;

import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finish reasons and their words on the wire. */
final class FinishReasons {
  private FinishReasons() {}

  /** The reason that a word stands for, for an answer of these parts. */
  static FinishReason of(@Nullable String word, List<Part> parts) {
    return switch (word) {
      case "stop" -> declined(parts) ? FinishReason.REFUSAL : FinishReason.STOP;
      // "model_length" is Mistral's.
      case "length", "model_length" -> FinishReason.LENGTH;
      case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
      case "content_filter" -> FinishReason.CONTENT_FILTER;
      case null, default -> FinishReason.OTHER;
    };
  }

  // On this wire a refusal stops like any answer and shows only in its own field.
  private static boolean declined(List<Part> parts) {
    return parts.stream().anyMatch(Part.Refusal.class::isInstance);
  }

  /**
   * The word for the reason of an answer. A refusal that has no words of its own would look like an
   * answer, so it counts as filtered.
   */
  static String word(FinishReason reason, List<Part> parts) {
    return switch (reason) {
      case STOP, OTHER -> "stop";
      case REFUSAL -> declined(parts) ? "stop" : "content_filter";
      case LENGTH -> "length";
      case TOOL_CALLS -> "tool_calls";
      case CONTENT_FILTER -> "content_filter";
    };
  }
}
