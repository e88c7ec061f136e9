package dev.assay.providers.sim;

import java.time.Duration;
import java.util.Optional;

/**
 * How fast one attempt goes.
 *
 * @param refusal how long it takes to be turned away
 * @param firstToken how long it takes to the first token, without the reading of the input
 * @param inputToken how long it takes to read a token of the input
 * @param outputToken how long it takes to say a token, in nanoseconds
 */
record Pace(Duration refusal, Duration firstToken, Duration inputToken, double outputToken) {
  private static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);

  // Turning somebody away needs no model.
  private static final int REFUSAL_SHARE = 5;
  private static final double SECOND = 1e9;

  static Pace of(Optional<SimModel.Latency> latency, SimSettings settings, Draw draw) {
    if (latency.isEmpty()) {
      return AT_ONCE;
    }
    SimModel.Latency usual = latency.get();
    Duration firstToken =
        settings.scaled(draw.lognormal((double) usual.firstToken().toNanos(), usual.sigma()));
    return new Pace(
        firstToken.dividedBy(REFUSAL_SHARE),
        firstToken,
        settings.scaled(usual.inputToken()),
        SECOND / usual.tokensPerSecond() * settings.latencyScale());
  }

  Duration reading(long inputTokens) {
    return firstToken.plus(inputToken.multipliedBy(inputTokens));
  }

  Duration saying(int tokens) {
    return Duration.ofNanos(Math.round(tokens * outputToken));
  }
}
