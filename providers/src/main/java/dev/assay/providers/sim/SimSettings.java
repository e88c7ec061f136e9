package dev.assay.providers.sim;

import java.time.Duration;
import java.util.List;

/**
 * The settings of the simulator.
 *
 * @param seed decides every draw
 * @param latencyScale what every simulated time is multiplied by: 1 is realistic, 0 waits for
 *     nothing
 * @param patience how long a simulated timeout takes, before the scale
 * @param rates how often {@code sim/flaky} fails
 * @param rules scripted answers of all models but {@code sim/echo}; the first that matches wins
 */
public record SimSettings(
    long seed, double latencyScale, Duration patience, FailureRates rates, List<SimRule> rules) {
  // Shorter than the timeouts of real providers: nobody learns anything from waiting for it.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Seed 0, realistic times, and the declared rates. */
  public static final SimSettings DEFAULT =
      new SimSettings(0, 1, PATIENCE, FailureRates.DEFAULT, List.of());

  /** Checks the scale and the patience, and copies the rules. */
  public SimSettings {
    if (!(latencyScale >= 0 && latencyScale <= 1_000)) {
      throw new IllegalArgumentException("latencyScale: must be between 0 and 1,000");
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience: is negative");
    }
    rules = List.copyOf(rules);
  }

  /** The same without any waiting. */
  public SimSettings instant() {
    return new SimSettings(seed, 0, patience, rates, rules);
  }

  /** The same with other rates of failure. */
  public SimSettings failing(FailureRates other) {
    return new SimSettings(seed, latencyScale, patience, other, rules);
  }

  /** The same with other scripted answers. */
  public SimSettings answering(List<SimRule> other) {
    return new SimSettings(seed, latencyScale, patience, rates, other);
  }

  /** The same with another seed. */
  public SimSettings seeded(long other) {
    return new SimSettings(other, latencyScale, patience, rates, rules);
  }

  Duration scaled(Duration duration) {
    return scaled((double) duration.toNanos());
  }

  Duration scaled(double nanos) {
    return Duration.ofNanos(Math.round(nanos * latencyScale));
  }
}
