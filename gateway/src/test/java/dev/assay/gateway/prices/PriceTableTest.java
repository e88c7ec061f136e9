package dev.assay.gateway.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.core.usage.Money;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTableTest {
  private static final Instant LATE = Instant.parse("2026-11-21T00:00:00Z");
  private static final PriceTable SHIPPED = PriceTable.shippedAnd(List.of());

  private static PriceRow row(String model, String from, String input, String output) {
    return new PriceRow(
        "p",
        model,
        List.of(),
        LocalDate.parse(from),
        Optional.empty(),
        dollars(input),
        dollars(output),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<BigDecimal> dollars(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text));
  }

  private static Optional<String> version(PriceTable table, String model, String at) {
    return table
        .price("p", model, Instant.parse(at))
        .map(price -> price.tier(Usage.reported(1, 1)).version());
  }

  private static Optional<String> cost(String provider, String model, Usage usage) {
    return SHIPPED
        .price(provider, model, LATE)
        .flatMap(price -> price.tier(usage).cost(usage))
        .map(Money::toString);
  }

  @Nested
  class Cost {
    // Worked out by hand from the rows of the table.
    @ParameterizedTest
    @CsvSource({
      "openai, gpt-4o-mini, 25, 0, 0, 0, 40, 0.00002775",
      "openai, gpt-4o-mini, 1, 0, 0, 0, 0, 0.00000015",
      "openai, gpt-4o-mini-2024-07-18, 0, 1, 0, 0, 0, 0.000000075",
      "openai, gpt-5-nano, 0, 1, 0, 0, 0, 0.000000005",
      "openai, o1, 999999999, 0, 0, 0, 999999999, 74999.999925",
      "anthropic, claude-opus-4-5, 7, 11, 13, 17, 19, 0.00076675",
      "anthropic, claude-opus-4-5-20251101, 7, 11, 13, 17, 19, 0.00076675",
      "anthropic, claude-haiku-5-5, 1, 1, 1, 1, 1, 0.000000935",
      "openai, text-embedding-3-small, 3, 0, 0, 0, 0, 0.00000006",
    })
    void isExactToTheLastDigit(
        String provider,
        String model,
        long input,
        long cacheRead,
        long write5m,
        long write1h,
        long output,
        String expected) {
      Usage usage = new Usage(input, cacheRead, write5m, write1h, output, 0, Provenance.REPORTED);
      assertThat(cost(provider, model, usage)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
      "272000, 0, 0, 1.36",
      "272001, 0, 0, 2.72001",
      "271999, 1, 0, 1.3599955",
      "271999, 2, 0, 2.719992",
      "272001, 0, 10, 2.72046",
      "0, 272001, 0, 0.272001",
    })
    void isThatOfALongPromptForTheWholeRequest(
        long input, long cacheRead, long output, String expected) {
      Usage usage = new Usage(input, cacheRead, 0, 0, output, 0, Provenance.REPORTED);
      assertThat(cost("openai", "gpt-5.5", usage)).contains(expected);
    }

    @Test
    void isUnknownWhenAUsedClassHasNoPrice() {
      assertThat(cost("openai", "gpt-5-pro", new Usage(1, 0, 0, 0, 1, 0, Provenance.REPORTED)))
          .isPresent();
      assertThat(cost("openai", "gpt-5-pro", new Usage(1, 1, 0, 0, 1, 0, Provenance.REPORTED)))
          .isEmpty();
    }

    @Test
    void isUnknownAboveAThresholdWhosePriceCouldNotBeRead() {
      assertThat(cost("openai", "gpt-6.2-sol", Usage.reported(272_000, 0))).isPresent();
      assertThat(cost("openai", "gpt-6.2-sol", Usage.reported(272_001, 0))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "gpt-5.6-sol, 2026-08-20T23:59:59.999Z, 10, 0.00005",
      "gpt-5.6-sol, 2026-08-21T00:00:00Z, 10, 0.00004",
      "gpt-5.6-sol, 2026-11-21T23:59:59.999Z, 10, 0.00004",
      "gpt-5.6-sol, 2026-11-22T00:00:00Z, 10, unknown",
      "gpt-5.6-sol, 2026-11-22T00:00:00Z, 272001, unknown",
      "gpt-5.6, 2026-11-22T00:00:00Z, 10, unknown",
      "gpt-5.6-sol-2026-07-09, 2026-11-22T00:00:00Z, 10, unknown",
    })
    void isUnknownBehindTheEndOfAPromotionWhoseSuccessorCouldNotBeRead(
        String model, String at, long input, String expected) {
      Usage usage = Usage.reported(input, 0);
      assertThat(
              SHIPPED
                  .price("openai", model, Instant.parse(at))
                  .flatMap(price -> price.tier(usage).cost(usage))
                  .map(Money::toString)
                  .orElse("unknown"))
          .isEqualTo(expected);
    }

    @Test
    void isUnknownWhenItIsLargerThanMoneyCanBe() {
      assertThat(cost("openai", "o1", Usage.reported(Long.MAX_VALUE / 2, 0))).isEmpty();
      assertThat(cost("openai", "o1", Usage.reported(600_000_000_000L, 100_000_000_000L)))
          .isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.gateway.Seeds#some")
    void agreesWithArithmeticOnBigNumbers(long seed) {
      Random random = new Random(seed);
      BigInteger[] micros = new BigInteger[5];
      for (int i = 0; i < micros.length; i++) {
        micros[i] = BigInteger.valueOf(random.nextLong(200_000_000));
      }
      PriceRow row =
          new PriceRow(
              "p",
              "m",
              List.of(),
              LocalDate.EPOCH,
              Optional.empty(),
              Optional.of(new BigDecimal(micros[0], 6)),
              Optional.of(new BigDecimal(micros[1], 6)),
              Optional.of(new BigDecimal(micros[2], 6)),
              Optional.of(new BigDecimal(micros[3], 6)),
              Optional.of(new BigDecimal(micros[4], 6)));
      Usage usage =
          new Usage(
              random.nextLong(1_000_000_000),
              random.nextLong(1_000_000),
              random.nextLong(1_000_000),
              random.nextLong(1_000_000),
              random.nextLong(1_000_000_000),
              0,
              Provenance.REPORTED);
      BigInteger expected =
          micros[0]
              .multiply(BigInteger.valueOf(usage.input()))
              .add(micros[1].multiply(BigInteger.valueOf(usage.output())))
              .add(micros[2].multiply(BigInteger.valueOf(usage.cacheRead())))
              .add(micros[3].multiply(BigInteger.valueOf(usage.cacheWrite5m())))
              .add(micros[4].multiply(BigInteger.valueOf(usage.cacheWrite1h())));
      assertThat(
              PriceTable.of(List.of(row))
                  .price("p", "m", LATE)
                  .flatMap(price -> price.tier(usage).cost(usage))
                  .map(money -> BigInteger.valueOf(money.picoDollars())))
          .contains(expected);
    }
  }

  @Nested
  class Days {
    private final PriceTable table =
        PriceTable.of(
            List.of(
                row("m", "2026-03-01", "1", "2"),
                row("m", "2026-05-01", "3", "4"),
                row("m", "2026-04-01", "5", "6")));

    @ParameterizedTest
    @CsvSource({
      "2026-03-01T00:00:00Z, p/m@2026-03-01",
      "2026-03-31T23:59:59.999999Z, p/m@2026-03-01",
      "2026-04-01T00:00:00Z, p/m@2026-04-01",
      "2027-01-01T00:00:00Z, p/m@2026-05-01",
    })
    void decideWhichPriceHolds(String at, String version) {
      assertThat(version(table, "m", at)).contains(version);
    }

    @Test
    void beforeTheFirstHaveNoPrice() {
      assertThat(version(table, "m", "2026-02-28T23:59:59Z")).isEmpty();
    }
  }

  @Nested
  class Names {
    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o-mini", "gpt-4o-mini-2024-07-18"})
    void andTheirAliasesHaveOnePrice(String name) {
      assertThat(
              SHIPPED
                  .price("openai", name, LATE)
                  .map(price -> price.tier(Usage.reported(1, 1)).version()))
          .contains("openai/gpt-4o-mini@2025-07-04");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-6-sol-2026-09-22", "gpt-6-sol-20260922"})
    void thatEndInADayHaveThePriceOfTheNameWithoutIt(String name) {
      assertThat(SHIPPED.price("openai", name, LATE)).isPresent();
    }

    @Test
    void thatEndInADayHaveNoneWhenTheTableListsOtherDays() {
      assertThat(SHIPPED.price("openai", "gpt-4o-2024-08-06", LATE)).isPresent();
      assertThat(SHIPPED.price("openai", "gpt-4o-2024-05-13", LATE)).isEmpty();
    }

    @Test
    void thatWereAskedGiveThePriceOfTheDayThatAnswered() {
      assertThat(SHIPPED.price("openai", "gpt-4o", "gpt-4o-2027-01-01", LATE)).isPresent();
      assertThat(SHIPPED.price("openai", "gpt-4o", "gpt-4o-2024-08-06", LATE)).isPresent();
      assertThat(SHIPPED.price("openai", "gpt-4o", "something-else", LATE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o-minis", "mini", "", "-2024-07-18", "gpt-4o-mini-2024-7-18"})
    void thatNobodyKnowsHaveNone(String name) {
      assertThat(SHIPPED.price("openai", name, LATE)).isEmpty();
    }

    @Test
    void belongToTheirProvider() {
      assertThat(SHIPPED.price("ollama", "gpt-4o-mini", LATE)).isEmpty();
    }
  }

  @Nested
  class OwnRows {
    private final PriceRow own =
        new PriceRow(
            "openai",
            "gpt-4o-mini",
            List.of("house-mini"),
            LocalDate.parse("2026-01-01"),
            Optional.empty(),
            dollars("0.1"),
            dollars("0.2"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private Optional<String> version(String name, String at) {
      return PriceTable.shippedAnd(List.of(own))
          .price("openai", name, Instant.parse(at))
          .map(price -> price.tier(Usage.reported(1, 1)).version());
    }

    @Test
    void winFromTheirFirstDayAndSayThatTheyAreOwn() {
      assertThat(version("gpt-4o-mini", "2026-01-01T00:00:00Z"))
          .contains("settings:openai/gpt-4o-mini@2026-01-01");
      assertThat(version("house-mini", "2026-01-01T00:00:00Z"))
          .contains("settings:openai/gpt-4o-mini@2026-01-01");
    }

    @Test
    void withoutAnyPriceEndTheOnesBeforeThem() {
      PriceRow end =
          new PriceRow(
              "openai",
              "gpt-4o-mini",
              List.of(),
              LocalDate.parse("2026-06-01"),
              Optional.empty(),
              dollars(""),
              dollars(""),
              dollars(""),
              dollars(""),
              dollars(""));
      PriceTable table = PriceTable.shippedAnd(List.of(own, end));
      Usage usage = Usage.reported(1, 1);
      assertThat(table.price("openai", "gpt-4o-mini", LATE).orElseThrow().tier(usage).cost(usage))
          .isEmpty();
    }

    @Test
    void leaveEarlierDaysAlone() {
      assertThat(version("gpt-4o-mini", "2025-12-31T23:59:59Z"))
          .contains("openai/gpt-4o-mini@2025-07-04");
    }
  }

  @Nested
  class Refusals {
    @Test
    void nameARowThatStandsThereTwice() {
      PriceRow row = row("m", "2026-01-01", "1", "2");
      assertThatThrownBy(() -> PriceTable.of(List.of(row, row)))
          .hasMessage("prices: p/m@2026-01-01 stands there twice");
    }

    @Test
    void nameAPriceForLongPromptsThatStandsAlone() {
      PriceRow row =
          new PriceRow(
              "p",
              "m",
              List.of(),
              LocalDate.EPOCH,
              Optional.of(5L),
              dollars("1"),
              dollars("1"),
              dollars(""),
              dollars(""),
              dollars(""));
      assertThatThrownBy(() -> PriceTable.of(List.of(row)))
          .hasMessage("prices: p/m@1970-01-01>5 has no ordinary price beside it");
    }

    @ParameterizedTest
    @CsvSource({
      "-1, 1, prices: p/m: input: is negative",
      "1, 0.0000001, prices: p/m: output: has more than six decimals",
    })
    void nameThePriceThatIsNone(String input, String output, String message) {
      assertThatThrownBy(() -> row("m", "2026-01-01", input, output)).hasMessage(message);
    }

    @Test
    void nameTheLineWithAnotherCurrency() {
      String header =
          "provider,model,aliases,valid_from,above_input_tokens,currency,"
              + "input,output,cache_read,cache_write_5m,cache_write_1h\n";
      assertThatThrownBy(() -> PriceFile.rows(header + "p,m,,2026-01-01,,EUR,1,1,,,\n"))
          .hasMessage("prices.csv line 2: currency: must be USD");
    }
  }

  @Test
  void everyShippedRowIsReadable() {
    assertThat(PriceFile.read()).hasSizeGreaterThan(50);
  }
}
