package dev.assay.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment as people write it. */
final class Moment {
  /** What can be written. */
  static final String FORM = "30m, 24h, 7d (ago), 2026-11-21 or 2026-11-21T08:00:00Z";

  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([mhd])");

  private Moment() {}

  /**
   * Reads a moment: a time span before now, a day (its beginning in UTC), or an ISO 8601 instant.
   *
   * @return the moment; empty when the text is none
   */
  static Optional<Instant> parse(String text, Instant now) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return Optional.of(now.minus(span(Long.parseLong(ago.group(1)), ago.group(2))));
    }
    try {
      return Optional.of(
          text.contains("T")
              ? Instant.parse(text)
              : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException noMoment) {
      return Optional.empty();
    }
  }

  private static Duration span(long number, String unit) {
    return switch (unit) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
