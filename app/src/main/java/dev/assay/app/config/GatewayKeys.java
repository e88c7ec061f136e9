package dev.assay.app.config;

import dev.assay.gateway.GatewaySettings;
import dev.assay.gateway.policy.RetrySettings;
import dev.assay.gateway.prices.PriceRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys that say how models are asked, under which names, and at which prices. */
final class GatewayKeys {
  static final Key<Duration> DEADLINE =
      Key.of(
          "timeouts.deadline",
          Kind.DURATION,
          "15m",
          "How long a call may take, waits, retries and fallbacks included.");

  static final Key<Integer> ATTEMPTS =
      Key.of("retry.attempts", Kind.COUNT, "6", "Attempts of a call in all.");

  static final Key<Integer> ATTEMPTS_PER_MODEL =
      Key.of("retry.attempts-per-model", Kind.COUNT, "4", "Attempts of a call on one model.");

  static final Key<Duration> BACKOFF =
      Key.of(
          "retry.backoff",
          Kind.DURATION,
          "1s",
          "The longest wait before the second attempt on a model; it doubles with each further one"
              + " and is drawn evenly from zero to that.");

  static final Key<Duration> LONGEST_BACKOFF =
      Key.of("retry.longest-backoff", Kind.DURATION, "60s", "Where the doubling ends.");

  static final Key<Duration> PATIENCE =
      Key.of(
          "retry.patience",
          Kind.DURATION,
          "10s",
          "The longest wait on a model that has a fallback behind it.");

  static final Key<String> ALIAS =
      Key.of("aliases.*", Kind.TEXT, "Another name for a model or for another alias.");

  static final Key<List<String>> FALLBACK =
      Key.of(
          "fallbacks.*",
          Kind.TEXTS,
          "The models that are asked in turn when the model NAME gives up.");

  static final Key<String> PRICE_PROVIDER =
      Key.of("prices[].provider", Kind.TEXT, "The provider's name. Required.");
  static final Key<String> PRICE_MODEL =
      Key.of("prices[].model", Kind.TEXT, "The model's name at the provider. Required.");
  static final Key<List<String>> PRICE_ALIASES =
      Key.of("prices[].aliases", Kind.TEXTS, "Other models at the same price.");
  static final Key<LocalDate> PRICE_VALID_FROM =
      Key.of("prices[].valid-from", Kind.DAY, "1970-01-01", "The first day, in UTC.");
  static final Key<Long> PRICE_ABOVE =
      Key.of(
          "prices[].above-input-tokens",
          Kind.NUMBER,
          "Makes this the price of requests whose input has more tokens than that.");
  static final Key<BigDecimal> PRICE_INPUT =
      price("input", "US dollars a million input tokens that touched no cache.");
  static final Key<BigDecimal> PRICE_OUTPUT =
      price("output", "US dollars a million output tokens, reasoning included.");
  static final Key<BigDecimal> PRICE_CACHE_READ =
      price("cache-read", "US dollars a million tokens read from a cache.");
  static final Key<BigDecimal> PRICE_CACHE_WRITE_5M =
      price("cache-write-5m", "US dollars a million tokens written to the usual cache.");
  static final Key<BigDecimal> PRICE_CACHE_WRITE_1H =
      price("cache-write-1h", "US dollars a million tokens written to a cache of one hour.");

  static final Key<BigDecimal> PRICE_INPUT_AUDIO =
      price("input-audio", "US dollars a million input tokens that were audio.");
  static final Key<BigDecimal> PRICE_OUTPUT_AUDIO =
      price("output-audio", "US dollars a million output tokens that were audio.");

  static final List<Key<?>> ALL =
      List.of(
          DEADLINE,
          ATTEMPTS,
          ATTEMPTS_PER_MODEL,
          BACKOFF,
          LONGEST_BACKOFF,
          PATIENCE,
          ALIAS,
          FALLBACK,
          PRICE_PROVIDER,
          PRICE_MODEL,
          PRICE_ALIASES,
          PRICE_VALID_FROM,
          PRICE_ABOVE,
          PRICE_INPUT,
          PRICE_OUTPUT,
          PRICE_CACHE_READ,
          PRICE_CACHE_WRITE_5M,
          PRICE_CACHE_WRITE_1H,
          PRICE_INPUT_AUDIO,
          PRICE_OUTPUT_AUDIO);

  private GatewayKeys() {}

  private static Key<BigDecimal> price(String name, String meaning) {
    return Key.of("prices[]." + name, Kind.DECIMAL, meaning);
  }

  /** Reads how models are asked. */
  static GatewaySettings read(Values values) {
    return new GatewaySettings(
        values.get(DEADLINE),
        values.get(ATTEMPTS),
        values.get(ATTEMPTS_PER_MODEL),
        new RetrySettings(values.get(BACKOFF), values.get(LONGEST_BACKOFF), values.get(PATIENCE)),
        named("aliases", ALIAS, values),
        named("fallbacks", FALLBACK, values),
        values.names("prices").stream().flatMap(row -> row(values, row).stream()).toList());
  }

  private static <T> Map<String, T> named(String section, Key<T> key, Values values) {
    Map<String, T> named = new LinkedHashMap<>();
    for (String name : values.names(section)) {
      values.find(key, name).ifPresent(value -> named.put(name, value));
    }
    return named;
  }

  private static Optional<PriceRow> row(Values values, String row) {
    Optional<String> provider = values.find(PRICE_PROVIDER, row);
    Optional<String> model = values.find(PRICE_MODEL, row);
    if (provider.isEmpty() || model.isEmpty()) {
      values.problem("prices" + row + ": must name a provider and a model");
      return Optional.empty();
    }
    return Optional.of(
        new PriceRow(
            provider.get(),
            model.get(),
            values.find(PRICE_ALIASES, row).orElse(List.of()),
            values.get(PRICE_VALID_FROM, row),
            values.find(PRICE_ABOVE, row),
            values.find(PRICE_INPUT, row),
            values.find(PRICE_OUTPUT, row),
            values.find(PRICE_CACHE_READ, row),
            values.find(PRICE_CACHE_WRITE_5M, row),
            values.find(PRICE_CACHE_WRITE_1H, row),
            values.find(PRICE_INPUT_AUDIO, row),
            values.find(PRICE_OUTPUT_AUDIO, row)));
  }
}
