package dev.assay.gateway.prices;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A row of a price table: what a model costs from a day on. Prices are US dollars for a million
 * tokens with at most six decimals; an absent one is unknown, never zero.
 *
 * @param provider the provider's name
 * @param model the model's name at the provider
 * @param aliases other names that the provider sells at the same price
 * @param validFrom the first day, in UTC
 * @param aboveInputTokens absent for the ordinary price; otherwise this row prices the whole
 *     request when its input, caches included, has more tokens than that
 * @param input a million input tokens that touched no cache, or embedded ones
 * @param output a million output tokens, reasoning included
 * @param cacheRead a million input tokens read from a cache
 * @param cacheWrite5m a million input tokens written to the provider's default cache
 * @param cacheWrite1h a million input tokens written to a cache that lives an hour
 * @param inputAudio a million input tokens that were audio and touched no cache
 * @param outputAudio a million output tokens that were audio
 */
public record PriceRow(
    String provider,
    String model,
    List<String> aliases,
    LocalDate validFrom,
    Optional<Long> aboveInputTokens,
    Optional<BigDecimal> input,
    Optional<BigDecimal> output,
    Optional<BigDecimal> cacheRead,
    Optional<BigDecimal> cacheWrite5m,
    Optional<BigDecimal> cacheWrite1h,
    Optional<BigDecimal> inputAudio,
    Optional<BigDecimal> outputAudio) {
  private static final int MOST_DECIMALS = 6;

  /** A row without prices for audio. */
  public PriceRow(
      String provider,
      String model,
      List<String> aliases,
      LocalDate validFrom,
      Optional<Long> aboveInputTokens,
      Optional<BigDecimal> input,
      Optional<BigDecimal> output,
      Optional<BigDecimal> cacheRead,
      Optional<BigDecimal> cacheWrite5m,
      Optional<BigDecimal> cacheWrite1h) {
    this(
        provider,
        model,
        aliases,
        validFrom,
        aboveInputTokens,
        input,
        output,
        cacheRead,
        cacheWrite5m,
        cacheWrite1h,
        Optional.empty(),
        Optional.empty());
  }

  /** Checks names and prices, and copies the aliases. */
  public PriceRow {
    if (provider.isBlank()) {
      throw new IllegalArgumentException("prices: provider: is blank");
    }
    if (model.isBlank()) {
      throw new IllegalArgumentException("prices: model: is blank");
    }
    aliases = List.copyOf(aliases);
    String row = "prices: " + provider + "/" + model + ": ";
    if (aboveInputTokens.isPresent() && aboveInputTokens.get() < 1) {
      throw new IllegalArgumentException(row + "above-input-tokens: must be positive");
    }
    check(row + "input", input);
    check(row + "output", output);
    check(row + "cache-read", cacheRead);
    check(row + "cache-write-5m", cacheWrite5m);
    check(row + "cache-write-1h", cacheWrite1h);
    check(row + "input-audio", inputAudio);
    check(row + "output-audio", outputAudio);
  }

  private static void check(String name, Optional<BigDecimal> price) {
    if (price.isPresent() && price.get().signum() < 0) {
      throw new IllegalArgumentException(name + ": is negative");
    }
    if (price.isPresent() && price.get().stripTrailingZeros().scale() > MOST_DECIMALS) {
      throw new IllegalArgumentException(name + ": has more than six decimals");
    }
  }
}
