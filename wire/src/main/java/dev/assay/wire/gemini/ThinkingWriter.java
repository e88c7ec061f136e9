package dev.assay.wire.gemini;

import dev.assay.core.request.ReasoningSetting;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * Writes {@code thinkingConfig}: a {@code thinkingLevel} from the third generation on, before that
 * a {@code thinkingBudget} in tokens. The budgets for efforts are those of Google's own imitation
 * of OpenAI's API.
 */
final class ThinkingWriter {
  private static final String ALWAYS =
      "reasoning: this model always reasons; the least is asked for";
  private static final String PERHAPS =
      "reasoning: this model may reason all the same; the least is asked for";
  private static final String NO_BUDGET =
      "reasoning: this model takes no cap on reasoning tokens beside an effort; the effort is asked"
          + " for";
  private static final String NO_EFFORT =
      "reasoning: this model does not know the effort; the nearest is asked for";
  private static final long LEAST_BUDGET_OF_PRO = 128;
  private static final long LOW = 1_024;
  private static final long MEDIUM = 8_192;
  private static final long HIGH = 24_576;

  private ThinkingWriter() {}

  /** Writes the member when anything is asked. */
  static void write(JsonGenerator json, String model, ReasoningSetting reasoning) {
    if (reasoning.effort().isEmpty() && reasoning.budgetTokens().isEmpty()) {
      return;
    }
    boolean pro = GeminiModel.alwaysReasons(model);
    json.writeObjectPropertyStart("thinkingConfig");
    if (byLevel(model, reasoning)) {
      String effort = off(reasoning) ? "none" : reasoning.effort().orElseThrow();
      json.writeStringProperty("thinkingLevel", level(effort, pro));
    } else {
      long budget =
          reasoning.budgetTokens().orElseGet(() -> budget(reasoning.effort().orElseThrow()));
      json.writeNumberProperty("thinkingBudget", budget == 0 && pro ? LEAST_BUDGET_OF_PRO : budget);
    }
    if (!off(reasoning)) {
      json.writeBooleanProperty("includeThoughts", true);
    }
    json.writeEndObject();
  }

  /** What the member does not say because the model that is asked does not take it. */
  static Optional<String> loss(String model, ReasoningSetting reasoning) {
    if (off(reasoning)) {
      if (GeminiModel.alwaysReasons(model)) {
        return Optional.of(ALWAYS);
      }
      return byLevel(model, reasoning) ? Optional.of(PERHAPS) : Optional.empty();
    }
    if (reasoning.budgetTokens().isPresent()) {
      return byLevel(model, reasoning) ? Optional.of(NO_BUDGET) : Optional.empty();
    }
    return reasoning.effort().filter(effort -> !knows(model, effort)).map(effort -> NO_EFFORT);
  }

  private static boolean knows(String model, String effort) {
    return switch (effort) {
      case "xhigh", "max" -> false;
      case "minimal" -> !(GeminiModel.hasLevels(model) && GeminiModel.alwaysReasons(model));
      default -> true;
    };
  }

  private static boolean byLevel(String model, ReasoningSetting reasoning) {
    return GeminiModel.hasLevels(model) && reasoning.effort().isPresent();
  }

  // Without reasoning there is no effort.
  private static boolean off(ReasoningSetting reasoning) {
    return reasoning
        .budgetTokens()
        .map(tokens -> tokens == 0)
        .orElse(reasoning.effort().filter("none"::equals).isPresent());
  }

  private static String level(String effort, boolean pro) {
    return switch (effort) {
      case "none", "minimal" -> pro ? "low" : "minimal";
      case "xhigh", "max" -> "high";
      default -> effort;
    };
  }

  private static long budget(String effort) {
    return switch (effort) {
      case "none" -> 0;
      case "minimal", "low" -> LOW;
      case "medium" -> MEDIUM;
      default -> HIGH;
    };
  }
}
