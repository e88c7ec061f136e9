package dev.assay.core.usage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CostTest {
  private static final Money LARGEST = new Money(Long.MAX_VALUE);
  private static final Cost SOME = new Cost.Known(new Money(1));

  @Test
  void isAsCertainAsTheLessCertainPartOfASum() {
    assertThat(SOME.plus(SOME)).isEqualTo(new Cost.Known(new Money(2)));
    assertThat(SOME.plus(new Cost.Estimated(new Money(3))))
        .isEqualTo(new Cost.Estimated(new Money(4)));
    assertThat(SOME.plus(Cost.unknown())).isEqualTo(Cost.unknown());
  }

  @Test
  void isUnknownWhenASumIsLargerThanMoneyCanBe() {
    assertThat(new Cost.Known(LARGEST).plus(Cost.free())).isEqualTo(new Cost.Known(LARGEST));
    assertThat(new Cost.Known(LARGEST).plus(SOME)).isEqualTo(Cost.unknown());
    assertThat(new Cost.Estimated(LARGEST).plus(SOME)).isEqualTo(Cost.unknown());
  }
}
