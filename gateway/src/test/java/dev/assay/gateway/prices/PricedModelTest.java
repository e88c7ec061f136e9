package dev.assay.gateway.prices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.Model;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.gateway.Contexts;
import dev.assay.testkit.ScriptedProvider;
import dev.assay.testkit.Turn;
import dev.assay.testkit.VirtualTime;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PricedModelTest {
  private static final PriceTable PRICES = PriceTable.shippedAnd(List.of());
  private static final Money MINI_15 = new Money(4_500_000);

  private static Outcome ask(String model, Turn turn) throws Exception {
    return ask("openai", model, turn, PRICES);
  }

  private static Outcome ask(String name, String model, Turn turn, PriceTable prices)
      throws Exception {
    VirtualTime time = VirtualTime.seeded(1);
    return time.call(() -> {
      var provider = new ScriptedProvider(name, time, time).then(turn);
      return new PricedModel(provider, prices)
          .answer(ChatRequest.of(model, "hi"), Contexts.of(time), Sink.discarding());
    });
  }

  private static Attempt attempt(Outcome outcome) {
    assertThat(outcome.details().attempts()).hasSize(1);
    return outcome.details().attempts().getFirst();
  }

  private static Usage usage(Provenance provenance) {
    return new Usage(10, 0, 0, 0, 5, 0, provenance);
  }

  @Test
  void knowsTheCostOfReportedUsage() throws Exception {
    Outcome outcome = ask("gpt-4o-mini", Turn.answer("hi"));
    assertThat(attempt(outcome).cost()).isEqualTo(new Cost.Known(MINI_15));
    assertThat(attempt(outcome).priceVersion()).contains("openai/gpt-4o-mini@2025-07-04");
    assertThat(outcome.details().cost()).isEqualTo(new Cost.Known(MINI_15));
  }

  @Test
  void estimatesTheCostOfEstimatedUsage() throws Exception {
    Outcome outcome = ask("gpt-4o-mini", Turn.answer("hi").using(usage(Provenance.ESTIMATED)));
    assertThat(outcome.details().cost()).isEqualTo(new Cost.Estimated(MINI_15));
  }

  @Test
  void doesNotKnowTheCostOfAbsentUsage() throws Exception {
    Outcome outcome = ask("gpt-4o-mini", Turn.answer("hi").using(Usage.ABSENT));
    assertThat(outcome.details().cost()).isEqualTo(Cost.unknown());
    assertThat(attempt(outcome).priceVersion()).isEmpty();
  }

  @Test
  void doesNotKnowTheCostOfAModelWithoutPrice() throws Exception {
    Outcome outcome = ask("in-house", Turn.answer("hi"));
    assertThat(outcome.details().cost()).isEqualTo(Cost.unknown());
    assertThat(attempt(outcome).priceVersion()).isEmpty();
  }

  @Test
  void knowsThatAFailureCostsNothingWhenNothingWasProcessed() throws Exception {
    Outcome outcome = ask("in-house", Turn.failure(ErrorCode.RATE_LIMITED));
    assertThat(outcome.details().cost()).isEqualTo(Cost.free());
  }

  @Test
  void pricesAFailureThatUsedTokens() throws Exception {
    Outcome outcome =
        ask(
            "gpt-4o-mini",
            Turn.failure(ErrorCode.CONNECTION_LOST, RetryDecision.never())
                .using(usage(Provenance.REPORTED)));
    assertThat(outcome.details().cost()).isEqualTo(new Cost.Known(MINI_15));
  }

  @Test
  void leavesACostAloneThatTheProviderKnows() throws Exception {
    Cost own = new Cost.Known(new Money(7));
    Outcome unpriced = ask("gpt-4o-mini", Turn.answer("hi"));
    Attempt known = attempt(unpriced).priced(own, Optional.of("own"));
    Model provider =
        (request, context, sink) ->
            unpriced.withDetails(unpriced.details().withAttempts(List.of(known)));
    Outcome outcome =
        new PricedModel(provider, PRICES)
            .answer(
                ChatRequest.of("gpt-4o-mini", "hi"),
                Contexts.of(VirtualTime.seeded(1)),
                Sink.discarding());
    assertThat(attempt(outcome)).isEqualTo(known);
    assertThat(outcome.details().cost()).isEqualTo(own);
  }

  private static PriceRow row(String provider, String model) {
    return new PriceRow(
        provider,
        model,
        List.of(),
        LocalDate.EPOCH,
        Optional.empty(),
        Optional.of(BigDecimal.ONE),
        Optional.of(BigDecimal.TWO),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void estimatesTheCostOfAzureByThePriceOfOpenAi() throws Exception {
    Outcome outcome = ask("azure", "gpt-4o-mini", Turn.answer("hi"), PRICES);
    assertThat(attempt(outcome).cost()).isEqualTo(new Cost.Estimated(MINI_15));
    assertThat(attempt(outcome).priceVersion()).contains("openai/gpt-4o-mini@2025-07-04");
  }

  @Test
  void knowsTheCostOfAzureByARowOfTheConfiguration() throws Exception {
    PriceTable own = PriceTable.shippedAnd(List.of(row("azure", "gpt-4o-mini")));
    Outcome outcome = ask("azure", "gpt-4o-mini", Turn.answer("hi"), own);
    assertThat(attempt(outcome).cost()).isEqualTo(new Cost.Known(new Money(20_000_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "ollama", "lmstudio"})
  void knowsThatTheOwnMachineCostsNothing(String provider) throws Exception {
    Turn unmeasured = Turn.answer("hi").using(Usage.ABSENT);
    assertThat(attempt(ask(provider, "tiny", unmeasured, PRICES)).cost()).isEqualTo(Cost.free());
    assertThat(attempt(ask(provider, "huge:120b-cloud", Turn.answer("hi"), PRICES)).cost())
        .isEqualTo(Cost.unknown());
    PriceTable own = PriceTable.shippedAnd(List.of(row(provider, "tiny")));
    assertThat(attempt(ask(provider, "tiny", Turn.answer("hi"), own)).cost())
        .isEqualTo(new Cost.Known(new Money(20_000_000)));
  }
}
