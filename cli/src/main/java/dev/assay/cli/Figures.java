package dev.assay.cli;

import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How figures look for people. Only here are they rounded. */
final class Figures {
  private static final MathContext SMALL = new MathContext(4, RoundingMode.HALF_UP);

  private Figures() {}

  /** A cost, such as {@code $0.0123}, {@code ~$0.0123} when it is estimated, or {@code unknown}. */
  static String cost(Cost cost) {
    return switch (cost) {
      case Cost.Known(Money amount) -> money(amount);
      case Cost.Estimated(Money amount) -> "~" + money(amount);
      case Cost.Unknown() -> "unknown";
    };
  }

  /** An amount: to the cent from a dollar on, below with four digits. */
  static String money(Money amount) {
    BigDecimal dollars = amount.dollars();
    BigDecimal shown =
        dollars.abs().compareTo(BigDecimal.ONE) >= 0
            ? dollars.setScale(2, RoundingMode.HALF_UP)
            : dollars.round(SMALL);
    return "$" + shown.toPlainString();
  }

  /** A number with its thousands apart. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** How many of something, such as {@code 1 call} or {@code 1,200 calls}. */
  static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** Input and output tokens, such as {@code 1,200 + 34 tokens}. */
  static String tokens(Usage usage) {
    long input = usage.total() - usage.output();
    return switch (usage.provenance()) {
      case REPORTED -> count(input) + " + " + count(usage.output()) + " tokens";
      case ESTIMATED -> "~" + count(input) + " + " + count(usage.output()) + " tokens";
      case ABSENT -> "tokens unknown";
    };
  }

  /** A token count that may be unknown. */
  static String tokens(long number, Provenance provenance) {
    return provenance == Provenance.ABSENT ? "?" : count(number);
  }

  /** A time span, such as {@code 340 ms} or {@code 2.5 s}. */
  static String span(Duration span) {
    return milliseconds(span.toNanos() / 1e6);
  }

  /** A time span in milliseconds. */
  static String milliseconds(double millis) {
    if (millis < 10) {
      return String.format(Locale.ROOT, "%.1f ms", millis);
    }
    if (millis < 1_000) {
      return String.format(Locale.ROOT, "%.0f ms", millis);
    }
    return String.format(Locale.ROOT, "%.1f s", millis / 1_000);
  }

  /** A moment in UTC, to the second. */
  static String moment(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ');
  }
}
