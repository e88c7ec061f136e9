package dev.assay.core.request;

import java.util.Optional;

/**
 * How much the model should reason; whatever is absent is the model's default.
 *
 * @param effort the level, such as {@code low}
 * @param budgetTokens the cap on reasoning tokens
 */
public record ReasoningSetting(Optional<String> effort, Optional<Long> budgetTokens) {
  /** The model's default. */
  public static final ReasoningSetting DEFAULT =
      new ReasoningSetting(Optional.empty(), Optional.empty());
}
