package dev.assay.gateway.policy;

import java.time.Duration;

/**
 * When a failed attempt is made again.
 *
 * @param backoff the longest wait before the second attempt on a model; it doubles with each
 *     further one. {@code retry.backoff}, 1 s
 * @param longestBackoff where the doubling ends. {@code retry.longest-backoff}, 60 s
 * @param patience the longest wait on a model while another one stands behind it; when the provider
 *     asks for more, the other one is asked instead. {@code retry.patience}, 10 s
 */
public record RetrySettings(Duration backoff, Duration longestBackoff, Duration patience) {
  private static final Duration LONGEST = Duration.ofDays(1);

  /** What holds unless it is configured otherwise. */
  public static final RetrySettings DEFAULT =
      new RetrySettings(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(10));

  /** Checks the times. */
  public RetrySettings {
    if (!backoff.isPositive()) {
      throw new IllegalArgumentException("retry.backoff: must be positive");
    }
    if (longestBackoff.compareTo(backoff) < 0) {
      throw new IllegalArgumentException(
          "retry.longest-backoff: must be at least retry.backoff, " + backoff);
    }
    if (longestBackoff.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("retry.longest-backoff: must be at most " + LONGEST);
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("retry.patience: is negative");
    }
  }
}
