package dev.assay.wire.translation;

import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.WireFormat;
import java.util.Optional;

/** What a wish for reasoning is in a format and for a model, when the model can be asked for it. */
final class Reasoned {
  private Reasoned() {}

  static ReasoningSetting of(ReasoningSetting asked, WireFormat target, String model) {
    if (asked.equals(ReasoningSetting.DEFAULT)) {
      return asked;
    }
    boolean off =
        asked
            .budgetTokens()
            .map(tokens -> tokens == 0)
            .orElse(asked.effort().equals(Optional.of("none")));
    return switch (target) {
      case OPENAI_CHAT, OPENAI_RESPONSES ->
          effort(off ? "none" : asked.effort().orElseGet(() -> near(asked)));
      case ANTHROPIC_MESSAGES ->
          model.endsWith("4-5") ? claude45(asked, off) : newer(asked, off, model);
      case GEMINI -> model.contains("-3") ? gemini3(asked, off) : gemini2(asked);
      default -> throw new IllegalArgumentException(target.title());
    };
  }

  private static ReasoningSetting effort(String word) {
    return new ReasoningSetting(Optional.of(word), Optional.empty());
  }

  private static ReasoningSetting budget(long tokens) {
    return new ReasoningSetting(Optional.empty(), Optional.of(tokens));
  }

  private static String near(ReasoningSetting asked) {
    long tokens = asked.budgetTokens().orElseThrow();
    return tokens <= 4_096 ? "low" : tokens <= 16_384 ? "medium" : "high";
  }

  private static ReasoningSetting claude45(ReasoningSetting asked, boolean off) {
    if (off || asked.budgetTokens().isPresent()) {
      return budget(asked.budgetTokens().orElse(0L));
    }
    return budget(
        switch (asked.effort().orElseThrow()) {
          case "minimal" -> 1_024;
          case "low" -> 4_096;
          case "medium" -> 8_192;
          case "high" -> 16_384;
          default -> 24_576;
        });
  }

  private static ReasoningSetting newer(ReasoningSetting asked, boolean off, String model) {
    Optional<String> effort =
        asked
            .effort()
            .filter(word -> !word.equals("none"))
            .map(word ->
                switch (word) {
                  case "minimal" -> "low";
                  case "xhigh" -> model.endsWith("4-6") ? "high" : word;
                  default -> word;
                });
    // It never reasons.
    if (model.endsWith("haiku")) {
      return ReasoningSetting.DEFAULT;
    }
    return new ReasoningSetting(effort, off ? Optional.of(0L) : Optional.empty());
  }

  private static ReasoningSetting gemini3(ReasoningSetting asked, boolean off) {
    if (asked.effort().isEmpty()) {
      return asked;
    }
    return effort(
        off
            ? "minimal"
            : switch (asked.effort().get()) {
              case "xhigh", "max" -> "high";
              default -> asked.effort().get();
            });
  }

  private static ReasoningSetting gemini2(ReasoningSetting asked) {
    return budget(
        asked
            .budgetTokens()
            .orElseGet(() ->
                switch (asked.effort().orElseThrow()) {
                  case "none" -> 0L;
                  case "minimal", "low" -> 1_024L;
                  case "medium" -> 8_192L;
                  default -> 24_576L;
                }));
  }
}
