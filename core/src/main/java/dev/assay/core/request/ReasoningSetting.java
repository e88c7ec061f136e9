package dev.assay.core.request;

import java.util.Optional;

/**
 * How much the model should reason; whatever is absent is the model's default.
 *
 * @param effort the level: {@code none}, {@code minimal}, {@code low}, {@code medium}, {@code
 *     high}, or another word of the provider's
 * @param budgetTokens the cap on reasoning tokens; 0 is no reasoning
 */
public record ReasoningSetting(Optional<String> effort, Optional<Long> budgetTokens) {
  /** The model's default. */
  public static final ReasoningSetting DEFAULT =
      new ReasoningSetting(Optional.empty(), Optional.empty());
}
