package dev.assay.core.usage;

import java.util.Optional;

/** What a call cost: known, estimated, or unknown. Unknown is never zero. */
public sealed interface Cost {
  /** A price was known and the provider reported the usage. */
  record Known(Money amount) implements Cost {}

  /** The usage or the price was estimated. */
  record Estimated(Money amount) implements Cost {}

  /** No price, or no usage. */
  record Unknown() implements Cost {}

  /** Nothing was spent, and that is certain. */
  static Cost free() {
    return new Known(Money.ZERO);
  }

  /** The unknown cost. */
  static Cost unknown() {
    return new Unknown();
  }

  /** The amount, unless it is unknown. */
  default Optional<Money> money() {
    return switch (this) {
      case Known(Money amount) -> Optional.of(amount);
      case Estimated(Money amount) -> Optional.of(amount);
      case Unknown() -> Optional.empty();
    };
  }

  /**
   * The sum; it is only as certain as its less certain part, and unknown when no {@link Money} is
   * as large.
   */
  default Cost plus(Cost other) {
    Optional<Money> sum = money().flatMap(mine -> other.money().flatMap(mine::sum));
    boolean certain = this instanceof Known && other instanceof Known;
    return sum.<Cost>map(amount -> certain ? new Known(amount) : new Estimated(amount))
        .orElseGet(Cost::unknown);
  }
}
