package dev.assay.wire.gemini;

import dev.assay.core.request.ReasoningSetting;
import tools.jackson.core.JsonGenerator;

/**
 * Writes {@code thinkingConfig}: a {@code thinkingLevel} from the third generation on, before that
 * a {@code thinkingBudget} in tokens. The budgets for efforts are those of Google's own imitation
 * of OpenAI's API.
 */
final class ThinkingWriter {
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
    boolean level = GeminiModel.hasLevels(model) && reasoning.effort().isPresent();
    String effort = reasoning.effort().orElse("");
    long budget = reasoning.budgetTokens().orElseGet(() -> budget(effort));
    boolean wanted = level ? !effort.equals("none") : budget != 0;
    json.writeObjectPropertyStart("thinkingConfig");
    if (level) {
      json.writeStringProperty("thinkingLevel", level(effort, pro));
    } else {
      json.writeNumberProperty("thinkingBudget", budget == 0 && pro ? LEAST_BUDGET_OF_PRO : budget);
    }
    if (wanted) {
      json.writeBooleanProperty("includeThoughts", true);
    }
    json.writeEndObject();
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
