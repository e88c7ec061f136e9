package dev.assay.app.config;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a value must look like.
 *
 * @param form what is taken, such as {@code a duration such as 30s}
 * @param list whether it is a list
 * @param reading makes the value of its texts; empty when they are not of the form
 */
record Kind<T>(String form, boolean list, Function<List<String>, Optional<T>> reading) {
  /** Any text that is not blank. */
  static final Kind<String> TEXT =
      one("a text", text -> Optional.of(text).filter(some -> !some.isBlank()));

  /** Texts. */
  static final Kind<List<String>> TEXTS = new Kind<>("a list of texts", true, Optional::of);

  /** Yes or no. */
  static final Kind<Boolean> SWITCH =
      one(
          "true or false",
          text ->
              switch (text) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
              });

  /** A TCP port; 0 is any that is free. */
  static final Kind<Integer> PORT =
      one("a port, 0 to 65535", text -> integer(text, 0, 65_535).map(Math::toIntExact));

  /** How many. */
  static final Kind<Integer> COUNT =
      one("a number from 1 on", text -> integer(text, 1, Integer.MAX_VALUE).map(Math::toIntExact));

  /** Any whole number. */
  static final Kind<Long> NUMBER =
      one("a whole number", text -> integer(text, Long.MIN_VALUE, Long.MAX_VALUE));

  /** A share of all. */
  static final Kind<Double> RATE =
      one(
          "a number from 0 to 1",
          text ->
              decimal(text)
                  .map(BigDecimal::doubleValue)
                  .filter(number -> number >= 0 && number <= 1));

  /** A multiple. */
  static final Kind<Double> FACTOR =
      one(
          "a number from 0 on",
          text -> decimal(text).map(BigDecimal::doubleValue).filter(number -> number >= 0));

  /** A decimal number. */
  static final Kind<BigDecimal> DECIMAL = one("a decimal number", Kind::decimal);

  /** A day. */
  static final Kind<LocalDate> DAY = one("a day such as 2026-11-21", Kind::day);

  /** A time span. */
  static final Kind<Duration> DURATION = one("a duration such as 500ms, 30s, 5m or 2h", Kind::span);

  /** A number of bytes. */
  static final Kind<Long> SIZE = one("a size such as 512KB, 20MB or 64MiB", Kind::bytes);

  /** An address of an HTTP service. */
  static final Kind<URI> ADDRESS =
      one("an address such as https://api.example.com/v1, without a password", Kind::address);

  private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Pattern BYTES = Pattern.compile("(\\d{1,9})(B|KB|MB|GB|KiB|MiB|GiB)?");
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");
  private static final Pattern DECIMALS = Pattern.compile("-?\\d{1,12}(\\.\\d{1,12})?");

  /** One value of a form. */
  static <T> Kind<T> one(String form, Function<String, Optional<T>> reading) {
    return new Kind<>(
        form,
        false,
        texts -> texts.size() == 1 ? reading.apply(texts.getFirst()) : Optional.empty());
  }

  /** One of a few words. */
  static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
    List<E> values = List.of(type.getEnumConstants());
    return one(
        values.stream().map(Kind::word).collect(Collectors.joining(" or ")),
        text -> values.stream().filter(value -> word(value).equals(text)).findFirst());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<Long> integer(String text, long least, long greatest) {
    if (!INTEGER.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(Long.parseLong(text))
        .filter(number -> number >= least && number <= greatest);
  }

  private static Optional<BigDecimal> decimal(String text) {
    return DECIMALS.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException noDay) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> span(String text) {
    Matcher span = SPAN.matcher(text);
    if (!span.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(span.group(1));
    return Optional.of(
        switch (span.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        });
  }

  private static Optional<Long> bytes(String text) {
    Matcher size = BYTES.matcher(text);
    if (!size.matches()) {
      return Optional.empty();
    }
    String unit = Optional.ofNullable(size.group(2)).orElse("B");
    long base = unit.endsWith("iB") ? 1024 : 1000;
    long bytes = Long.parseLong(size.group(1));
    for (int power = "BKMG".indexOf(unit.charAt(0)); power > 0; power--) {
      bytes = Math.multiplyExact(bytes, base);
    }
    return Optional.of(bytes);
  }

  private static Optional<URI> address(String text) {
    try {
      URI address = new URI(text);
      boolean web = Arrays.asList("http", "https").contains(address.getScheme());
      return web
              && address.getHost() != null
              && address.getRawUserInfo() == null
              && address.getRawQuery() == null
              && address.getRawFragment() == null
          ? Optional.of(address)
          : Optional.empty();
    } catch (URISyntaxException noAddress) {
      return Optional.empty();
    }
  }
}
