package dev.assay.core.store;

import dev.assay.core.usage.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Totals over calls. Tokens and cost are summed over provider calls only.
 *
 * @param total over all of them
 * @param models the same by provider and model, the most calls first
 * @param since the first moment that was counted
 * @param until the moment behind the last that was counted
 */
public record CallSummary(
    Totals total, List<ModelTotals> models, Optional<Instant> since, Optional<Instant> until) {
  /** Copies the list. */
  public CallSummary {
    models = List.copyOf(models);
  }

  /**
   * The totals of one model, or of all calls that reached no provider.
   *
   * @param provider the provider; empty when none was reached
   * @param model the model; empty when no provider was reached, whatever name was asked for: names
   *     that nobody has would make totals without end
   * @param totals the totals; its statuses tell how many were refused
   */
  public record ModelTotals(String provider, String model, Totals totals) {
    /** Whether these calls reached a provider, and so have a name. */
    public boolean named() {
      return !provider.isEmpty();
    }
  }

  /**
   * Totals.
   *
   * @param calls how many calls
   * @param simulated how many of them a simulator answered
   * @param input input tokens that touched no cache
   * @param cacheRead input tokens read from a cache
   * @param cacheWrite5m input tokens written to a five-minute cache
   * @param cacheWrite1h input tokens written to a one-hour cache
   * @param output output tokens, reasoning included
   * @param reasoning how many of those were reasoning
   * @param inputAudio how many of the {@code input} tokens were audio, of the calls that say it
   * @param outputAudio how many of the output tokens were audio, of the calls that say it
   * @param cost the sum of the costs that are known or estimated
   * @param unknownCosts how many calls have an unknown cost
   * @param statuses how many calls ended with each status
   * @param errors how many calls failed with each code
   * @param latency the distribution of the latency
   */
  public record Totals(
      long calls,
      long simulated,
      long input,
      long cacheRead,
      long cacheWrite5m,
      long cacheWrite1h,
      long output,
      long reasoning,
      long inputAudio,
      long outputAudio,
      Money cost,
      long unknownCosts,
      Map<String, Long> statuses,
      Map<String, Long> errors,
      Optional<Latency> latency) {
    /** Copies the maps. */
    public Totals {
      statuses = Map.copyOf(statuses);
      errors = Map.copyOf(errors);
    }

    /** All tokens. */
    public long tokens() {
      return input + cacheRead + cacheWrite5m + cacheWrite1h + output;
    }
  }

  /**
   * A distribution of latencies, in milliseconds; the percentiles within 1 % of the true value.
   *
   * @param mean the mean, exact
   * @param p50 half are at most this
   * @param p95 95 of 100 are at most this
   * @param p99 99 of 100 are at most this
   */
  public record Latency(double mean, double p50, double p95, double p99) {}
}
