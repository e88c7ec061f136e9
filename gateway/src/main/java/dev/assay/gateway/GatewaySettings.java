package dev.assay.gateway;

import dev.assay.core.model.AttemptBudget;
import dev.assay.gateway.policy.RetrySettings;
import dev.assay.gateway.prices.PriceRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How models are asked.
 *
 * @param deadline how long a call may take, waits and fallbacks included; whoever makes the context
 *     of a call applies it. {@code timeouts.deadline}, 900 s
 * @param attempts how many attempts a call may make in all. {@code retry.attempts}, 6
 * @param attemptsPerModel how many of them on one model. {@code retry.attempts-per-model}, 4
 * @param retry when a failed attempt is made again. {@code retry}
 * @param aliases names for models, or for other aliases. {@code aliases}, none
 * @param fallbacks which models are asked in turn when the one named by the key gives up. {@code
 *     fallbacks}, none
 * @param prices rows that win over the price table of the program. {@code prices}, none
 */
public record GatewaySettings(
    Duration deadline,
    int attempts,
    int attemptsPerModel,
    RetrySettings retry,
    Map<String, String> aliases,
    Map<String, List<String>> fallbacks,
    List<PriceRow> prices) {
  /** What holds unless it is configured otherwise. */
  public static final GatewaySettings DEFAULT =
      new GatewaySettings(
          Duration.ofMinutes(15), 6, 4, RetrySettings.DEFAULT, Map.of(), Map.of(), List.of());

  /** Checks the numbers and the names, and copies the collections. */
  public GatewaySettings {
    if (!deadline.isPositive()) {
      throw new IllegalArgumentException("timeouts.deadline: must be positive");
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("retry.attempts: must be positive");
    }
    if (attemptsPerModel < 1) {
      throw new IllegalArgumentException("retry.attempts-per-model: must be positive");
    }
    aliases = Map.copyOf(aliases);
    aliases.forEach(GatewaySettings::checkAlias);
    fallbacks = Map.copyOf(fallbacks);
    for (Map.Entry<String, List<String>> list : fallbacks.entrySet()) {
      checkFallbacks(list.getKey(), list.getValue(), attempts);
    }
    prices = List.copyOf(prices);
  }

  private static void checkAlias(String alias, String meaning) {
    if (alias.isBlank()) {
      throw new IllegalArgumentException("aliases: a name is blank");
    }
    if (meaning.isBlank()) {
      throw new IllegalArgumentException("aliases." + alias + ": is blank");
    }
  }

  private static void checkFallbacks(String model, List<String> names, int attempts) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("fallbacks." + model + ": is empty");
    }
    if (names.size() >= attempts) {
      throw new IllegalArgumentException(
          "fallbacks."
              + model
              + ": the last is never reached: with the model itself they are more than"
              + " retry.attempts, "
              + attempts);
    }
  }

  /** The attempts of a new call. */
  public AttemptBudget budget() {
    return new AttemptBudget(attempts, attemptsPerModel);
  }
}
