package dev.assay.core.usage;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * An amount of US dollars, exact to 10⁻¹² dollars, at most about nine million dollars.
 *
 * @param picoDollars the amount in units of 10⁻¹² USD
 */
public record Money(long picoDollars) implements Comparable<Money> {
  /** Nothing. */
  public static final Money ZERO = new Money(0);

  private static final int SCALE = 12;

  /**
   * An amount from a decimal number of dollars.
   *
   * @throws ArithmeticException when it has more than twelve decimals or is too large
   */
  public static Money ofDollars(BigDecimal dollars) {
    return new Money(dollars.movePointRight(SCALE).longValueExact());
  }

  /**
   * The sum.
   *
   * @throws ArithmeticException on overflow
   */
  public Money plus(Money other) {
    return new Money(Math.addExact(picoDollars, other.picoDollars));
  }

  /** The sum; empty when it is too large, for amounts that come from outside. */
  Optional<Money> sum(Money other) {
    long sum = picoDollars + other.picoDollars;
    boolean overflown = ((picoDollars ^ sum) & (other.picoDollars ^ sum)) < 0;
    return overflown ? Optional.empty() : Optional.of(new Money(sum));
  }

  /**
   * The amount, taken several times.
   *
   * @throws ArithmeticException on overflow
   */
  public Money times(long count) {
    return new Money(Math.multiplyExact(picoDollars, count));
  }

  /** The exact number of dollars, without trailing zeros. */
  public BigDecimal dollars() {
    return picoDollars == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(picoDollars, SCALE).stripTrailingZeros();
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(picoDollars, other.picoDollars);
  }

  /** The exact number of dollars as plain decimal text, such as {@code 0.00002775}. */
  @Override
  public String toString() {
    return dollars().toPlainString();
  }
}
