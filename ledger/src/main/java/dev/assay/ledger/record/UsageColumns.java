package dev.assay.ledger.record;

import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Usage and cost as columns: seven of usage, from {@code input_tokens} on, then two of cost; and at
 * another place two of audio.
 */
public final class UsageColumns {
  /** How many columns usage and cost take. */
  static final int COUNT = 9;

  private UsageColumns() {}

  static void put(@Nullable Object[] values, int first, Usage usage) {
    values[first] = usage.input();
    values[first + 1] = usage.cacheRead();
    values[first + 2] = usage.cacheWrite5m();
    values[first + 3] = usage.cacheWrite1h();
    values[first + 4] = usage.output();
    values[first + 5] = usage.reasoning();
    values[first + 6] = text(usage.provenance());
  }

  /** How many of the input and of the output tokens were audio. */
  static void putAudio(@Nullable Object[] values, int first, Usage usage) {
    values[first] = usage.inputAudio();
    values[first + 1] = usage.outputAudio();
  }

  /** The cost is null when it is unknown; the second column says whether it is an estimate. */
  static void put(@Nullable Object[] values, int first, Cost cost) {
    values[first] = cost.money().map(Money::picoDollars).orElse(null);
    values[first + 1] = cost instanceof Cost.Estimated ? 1L : 0L;
  }

  /** The stored name of where counts come from. */
  static String text(Provenance provenance) {
    return switch (provenance) {
      case REPORTED -> "reported";
      case ESTIMATED -> "estimated";
      case ABSENT -> "absent";
    };
  }

  /** What a stored name means. */
  public static Provenance provenance(String text) {
    return Provenance.valueOf(text.toUpperCase(Locale.ROOT));
  }

  /**
   * What stored columns mean.
   *
   * @param picoDollars the cost; null when it is unknown
   * @param estimated whether it is an estimate
   */
  public static Cost cost(@Nullable Long picoDollars, boolean estimated) {
    if (picoDollars == null) {
      return Cost.unknown();
    }
    Money money = new Money(picoDollars);
    return estimated ? new Cost.Estimated(money) : new Cost.Known(money);
  }
}
