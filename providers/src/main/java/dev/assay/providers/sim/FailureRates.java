package dev.assay.providers.sim;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often an attempt on {@code sim/flaky} goes wrong.
 *
 * @param rates the probability of each kind, between 0 and 1, at most 1 together; what is absent
 *     never happens, and the rest of the attempts goes well
 */
public record FailureRates(Map<Fault, Double> rates) {
  /** Every kind; about one attempt in three goes wrong. */
  public static final FailureRates DEFAULT =
      new FailureRates(
          Map.of(
              Fault.RATE_LIMITED, 0.10,
              Fault.SERVER_ERROR, 0.05,
              Fault.OVERLOADED, 0.05,
              Fault.FIRST_BYTE_TIMEOUT, 0.02,
              Fault.IDLE_TIMEOUT, 0.02,
              Fault.CONNECTION_LOST, 0.04,
              Fault.MALFORMED, 0.02,
              Fault.TRUNCATED, 0.03,
              Fault.REFUSED, 0.02));

  /** Nothing goes wrong. */
  public static final FailureRates NONE = new FailureRates(Map.of());

  // Rates that sum to 1 in decimals may sum to a little more in binary.
  private static final double ROUNDING = 1e-9;

  /** Checks the rates and their sum, and copies them. */
  public FailureRates {
    double sum = 0;
    for (Map.Entry<Fault, Double> rate : rates.entrySet()) {
      if (!(rate.getValue() >= 0 && rate.getValue() <= 1)) {
        throw new IllegalArgumentException(
            "rates." + rate.getKey().text() + ": must be between 0 and 1");
      }
      sum += rate.getValue();
    }
    if (sum > 1 + ROUNDING) {
      throw new IllegalArgumentException("rates: sum to " + sum + ", more than 1");
    }
    rates = Map.copyOf(rates);
  }

  /** One kind at a rate and no other. */
  public static FailureRates only(Fault fault, double rate) {
    return new FailureRates(Map.of(fault, rate));
  }

  /** What goes wrong, if anything. */
  Optional<Fault> draw(Draw draw) {
    double left = draw.uniform();
    // In the order of the kinds, which the map itself does not have.
    Map<Fault, Double> ordered = new EnumMap<>(Fault.class);
    ordered.putAll(rates);
    for (Map.Entry<Fault, Double> rate : ordered.entrySet()) {
      left -= rate.getValue();
      if (left < 0) {
        return Optional.of(rate.getKey());
      }
    }
    return Optional.empty();
  }
}
