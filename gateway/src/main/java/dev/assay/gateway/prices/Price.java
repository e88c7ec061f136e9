package dev.assay.gateway.prices;

import dev.assay.core.usage.Money;
import dev.assay.core.usage.Usage;
import java.util.List;
import java.util.Optional;

/**
 * What a model costs from a day on: an ordinary price and perhaps dearer ones for long prompts.
 * Immutable.
 */
public final class Price {
  // The highest threshold first, the ordinary price last.
  private final List<Tier> tiers;
  private final boolean borrowed;

  Price(List<Tier> tiers) {
    this(tiers, false);
  }

  private Price(List<Tier> tiers, boolean borrowed) {
    this.tiers = List.copyOf(tiers);
    this.borrowed = borrowed;
  }

  /** The same price for another provider that most often charges it. */
  Price lent() {
    return new Price(tiers, true);
  }

  /** Whether it is another provider's, so that a cost by it is an estimate. */
  public boolean borrowed() {
    return borrowed;
  }

  /** The price that holds for a request with this usage. */
  public Tier tier(Usage usage) {
    long prompt = usage.total() - usage.output();
    for (Tier tier : tiers) {
      if (prompt > tier.above()) {
        return tier;
      }
    }
    // Not even one token: the ordinary price.
    return tiers.getLast();
  }

  /** The price of a request whose prompt has a certain length. Immutable. */
  public static final class Tier {
    private final String version;
    private final long above;
    private final Rates rates;

    Tier(String version, long above, Rates rates) {
      this.version = version;
      this.above = above;
      this.rates = rates;
    }

    /**
     * The row of the price table, such as {@code openai/gpt-4o-mini@2025-07-04}; with {@code
     * >272000} behind it for a long prompt, and {@code settings:} before it for a row of the
     * configuration.
     */
    public String version() {
      return version;
    }

    /** The longest prompt that is still cheaper, in tokens; 0 for the ordinary price. */
    long above() {
      return above;
    }

    /** The cost of a usage; empty when a class was used that has no price. */
    public Optional<Money> cost(Usage usage) {
      return rates.cost(usage);
    }
  }
}
