package dev.assay.providers.attempt;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a provider asks to be left alone, read from the headers of its response.
 *
 * <p>{@code retry-after-ms} wins over {@code retry-after} (RFC 9110, section 10.2.3: seconds, also
 * with decimals, or an HTTP date). Without both, the {@code x-ratelimit-reset-*} and {@code
 * anthropic-ratelimit-*-reset} of the limits that are used up count, the longest of them: a
 * duration such as {@code 6m0s}, seconds, a moment in seconds or milliseconds since 1970, or an RFC
 * 3339 time.
 */
final class RetryAfter {
  private static final String REMAINING = "x-ratelimit-remaining";
  private static final String RESET = "x-ratelimit-reset";
  private static final String ANTHROPIC = "anthropic-ratelimit-";

  private static final Pattern DURATION =
      Pattern.compile(
          "(?:(?<d>\\d{1,9})d)?(?:(?<h>\\d{1,9})h)?(?:(?<m>\\d{1,9})m(?!s))?"
              + "(?:(?<s>\\d{1,9}(?:\\.\\d{1,9})?)s)?(?:(?<ms>\\d{1,9}(?:\\.\\d{1,9})?)ms)?");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}(?:\\.\\d{1,18})?");

  // A number that large is no number of seconds but a moment.
  private static final BigDecimal SECONDS_OF_2001 = BigDecimal.valueOf(1_000_000_000L);
  private static final BigDecimal MILLIS_OF_2001 = BigDecimal.valueOf(1_000_000_000_000L);

  private static final Duration LONGEST = Duration.ofDays(366);
  private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(LONGEST.toSeconds());

  private RetryAfter() {}

  /**
   * The time that was asked for; empty when none was, or none that is understood.
   *
   * @param headers names in lower case
   * @param now what dates are compared with
   */
  static Optional<Duration> of(Map<String, String> headers, Instant now) {
    return Optional.ofNullable(headers.get("retry-after-ms"))
        .flatMap(RetryAfter::number)
        .map(millis -> seconds(millis.movePointLeft(3)))
        .or(() ->
            Optional.ofNullable(headers.get("retry-after"))
                .flatMap(value -> secondsOrMoment(value.strip(), now)))
        .or(() -> reset(headers, now));
  }

  private static Optional<Duration> reset(Map<String, String> headers, Instant now) {
    return headers.entrySet().stream()
        .filter(header -> usedUp(headers, header.getKey()))
        .flatMap(header -> resetValue(header.getValue().strip(), now).stream())
        .max(Duration::compareTo);
  }

  private static boolean usedUp(Map<String, String> headers, String reset) {
    return remaining(reset)
        .map(name -> number(headers.getOrDefault(name, "0")))
        .filter(left -> left.map(number -> number.signum() == 0).orElse(true))
        .isPresent();
  }

  /** The header that says how much is left of the limit that another tells the reset of. */
  private static Optional<String> remaining(String reset) {
    if (reset.startsWith(RESET)) {
      return Optional.of(REMAINING + reset.substring(RESET.length()));
    }
    return reset.startsWith(ANTHROPIC) && reset.endsWith("-reset")
        ? Optional.of(reset.substring(0, reset.length() - "reset".length()) + "remaining")
        : Optional.empty();
  }

  private static Optional<Duration> resetValue(String value, Instant now) {
    return duration(value).or(() -> secondsOrMoment(value, now));
  }

  private static Optional<Duration> secondsOrMoment(String value, Instant now) {
    return number(value)
        .map(number -> {
          if (number.compareTo(MILLIS_OF_2001) >= 0) {
            return until(Instant.ofEpochMilli(number.longValue()), now);
          }
          return number.compareTo(SECONDS_OF_2001) >= 0
              ? until(Instant.ofEpochSecond(number.longValue()), now)
              : seconds(number);
        })
        .or(() -> moment(value, DateTimeFormatter.RFC_1123_DATE_TIME, now))
        .or(() -> moment(value, DateTimeFormatter.ISO_OFFSET_DATE_TIME, now));
  }

  private static Optional<Duration> moment(String value, DateTimeFormatter format, Instant now) {
    try {
      return Optional.of(until(format.parse(value, Instant::from), now));
    } catch (DateTimeException other) {
      return Optional.empty();
    }
  }

  private static Duration until(Instant then, Instant now) {
    Duration left = Duration.between(now, then);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(LONGEST) > 0 ? LONGEST : left;
  }

  private static Optional<Duration> duration(String value) {
    Matcher matcher = DURATION.matcher(value);
    if (value.isEmpty() || !matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal sum =
        part(matcher, "d", 86_400)
            .add(part(matcher, "h", 3_600))
            .add(part(matcher, "m", 60))
            .add(part(matcher, "s", 1))
            .add(part(matcher, "ms", 1).movePointLeft(3));
    return Optional.of(seconds(sum));
  }

  private static BigDecimal part(Matcher matcher, String group, long seconds) {
    String digits = matcher.group(group);
    return digits == null
        ? BigDecimal.ZERO
        : new BigDecimal(digits).multiply(BigDecimal.valueOf(seconds));
  }

  private static Optional<BigDecimal> number(String value) {
    String digits = value.strip();
    return NUMBER.matcher(digits).matches()
        ? Optional.of(new BigDecimal(digits))
        : Optional.empty();
  }

  private static Duration seconds(BigDecimal seconds) {
    BigDecimal bounded = seconds.min(LONGEST_SECONDS);
    return Duration.ofNanos(bounded.movePointRight(9).longValue());
  }
}
