package dev.assay.providers.sim;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A simulated model and how it behaves.
 *
 * @param name its name, without the prefix
 * @param latency how fast it answers; absent is at once
 * @param length how long its own answers are; absent when it has none of its own and echoes
 * @param cache its prompt cache
 * @param fails whether it fails at the rates of the settings
 */
public record SimModel(
    String name,
    Optional<Latency> latency,
    Optional<Length> length,
    Optional<Cache> cache,
    boolean fails) {
  private static final Cache FIVE_MINUTES = new Cache(1_024, Duration.ofMinutes(5));

  /** Answers with the last user message, at once. */
  public static final SimModel ECHO =
      new SimModel("echo", Optional.empty(), Optional.empty(), Optional.empty(), false);

  /** A small, fast model. */
  public static final SimModel SMALL =
      new SimModel(
          "small",
          Optional.of(new Latency(Duration.ofMillis(250), 0.35, Duration.ofNanos(20_000), 120)),
          Optional.of(new Length(60, 0.5, 400)),
          Optional.of(FIVE_MINUTES),
          false);

  /** A large, slow model with long answers. */
  public static final SimModel LARGE =
      new SimModel(
          "large",
          Optional.of(new Latency(Duration.ofMillis(700), 0.5, Duration.ofNanos(60_000), 45)),
          Optional.of(new Length(220, 0.6, 2_000)),
          Optional.of(FIVE_MINUTES),
          false);

  /** Like the small one, but it fails in every way. */
  public static final SimModel FLAKY =
      new SimModel("flaky", SMALL.latency, SMALL.length, SMALL.cache, true);

  /** Every simulated model. */
  public static final List<SimModel> ALL = List.of(ECHO, SMALL, LARGE, FLAKY);

  /** The model of a name. */
  static Optional<SimModel> named(String name) {
    return ALL.stream().filter(model -> model.name.equals(name)).findFirst();
  }

  /**
   * How fast a model answers.
   *
   * @param firstToken the median time to the first token; the times are lognormal
   * @param sigma the standard deviation of their logarithm
   * @param inputToken what each input token that is not read from the cache adds to it
   * @param tokensPerSecond how fast the tokens come from then on
   */
  public record Latency(
      Duration firstToken, double sigma, Duration inputToken, double tokensPerSecond) {}

  /**
   * How long a model's own answers are.
   *
   * @param median the median number of tokens; the numbers are lognormal
   * @param sigma the standard deviation of their logarithm
   * @param most the greatest number
   */
  public record Length(int median, double sigma, int most) {}

  /**
   * A prompt cache.
   *
   * @param minimum the shortest prefix that it keeps, in tokens
   * @param timeToLive how long it keeps a prefix since it was last written or read
   */
  public record Cache(int minimum, Duration timeToLive) {}
}
