package dev.assay.gateway.prices;

import dev.assay.core.usage.Money;
import dev.assay.core.usage.Usage;
import java.math.BigDecimal;
import java.util.Optional;

/** The price of one token of each class, in 10⁻¹² US dollars. */
final class Rates {
  private static final long UNKNOWN = -1;
  // 10⁻¹² dollars a token are 10⁻⁶ dollars a million tokens.
  private static final int PICO_PER_TOKEN = 6;

  private final long input;
  private final long output;
  private final long cacheRead;
  private final long cacheWrite5m;
  private final long cacheWrite1h;
  private final long inputAudio;
  private final long outputAudio;

  Rates(PriceRow row) {
    this.input = perToken(row.input());
    this.output = perToken(row.output());
    this.cacheRead = perToken(row.cacheRead());
    this.cacheWrite5m = perToken(row.cacheWrite5m());
    this.cacheWrite1h = perToken(row.cacheWrite1h());
    this.inputAudio = perToken(row.inputAudio());
    this.outputAudio = perToken(row.outputAudio());
  }

  private static long perToken(Optional<BigDecimal> perMillion) {
    return perMillion.isEmpty()
        ? UNKNOWN
        : perMillion.get().movePointRight(PICO_PER_TOKEN).longValueExact();
  }

  /** The cost; empty when a class was used that has no price, or no {@link Money} is as large. */
  Optional<Money> cost(Usage usage) {
    long textIn = usage.input() - usage.inputAudio();
    long textOut = usage.output() - usage.outputAudio();
    if (unpriced(input, textIn)
        || unpriced(inputAudio, usage.inputAudio())
        || unpriced(output, textOut)
        || unpriced(outputAudio, usage.outputAudio())
        || unpriced(cacheRead, usage.cacheRead())
        || unpriced(cacheWrite5m, usage.cacheWrite5m())
        || unpriced(cacheWrite1h, usage.cacheWrite1h())) {
      return Optional.empty();
    }
    try {
      long sum = Math.multiplyExact(input, textIn);
      sum = Math.addExact(sum, Math.multiplyExact(inputAudio, usage.inputAudio()));
      sum = Math.addExact(sum, Math.multiplyExact(output, textOut));
      sum = Math.addExact(sum, Math.multiplyExact(outputAudio, usage.outputAudio()));
      sum = Math.addExact(sum, Math.multiplyExact(cacheRead, usage.cacheRead()));
      sum = Math.addExact(sum, Math.multiplyExact(cacheWrite5m, usage.cacheWrite5m()));
      sum = Math.addExact(sum, Math.multiplyExact(cacheWrite1h, usage.cacheWrite1h()));
      return Optional.of(new Money(sum));
    } catch (ArithmeticException tooLarge) {
      // Only counts that no provider can mean get here; they must not cost the caller the answer.
      return Optional.empty();
    }
  }

  private static boolean unpriced(long rate, long tokens) {
    return rate == UNKNOWN && tokens != 0;
  }
}
