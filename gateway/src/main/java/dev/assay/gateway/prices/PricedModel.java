package dev.assay.gateway.prices;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.Model;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.Request;
import dev.assay.core.request.TokenCountRequest;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says what each attempt of a model cost. A cost that the model knows itself stays; so does {@link
 * Cost.Unknown} when there is no usage or no price for a class that was used.
 */
public final class PricedModel implements Model {
  private final Model model;
  private final PriceTable prices;

  /**
   * A priced model.
   *
   * @param model makes the attempts
   * @param prices what they cost
   */
  public PricedModel(Model model, PriceTable prices) {
    this.model = model;
    this.prices = prices;
  }

  @Override
  public Outcome answer(Request request, CallContext context, Sink sink) {
    Outcome outcome = model.answer(request, context, sink);
    Details details = outcome.details();
    List<Attempt> priced = new ArrayList<>(details.attempts().size());
    for (Attempt attempt : details.attempts()) {
      priced.add(priced(attempt, request, outcome));
    }
    return outcome.withDetails(details.withAttempts(priced));
  }

  private Attempt priced(Attempt attempt, Request request, Outcome outcome) {
    if (!(attempt.cost() instanceof Cost.Unknown)) {
      return attempt;
    }
    if (free(attempt, request, outcome)) {
      return attempt.priced(Cost.free(), Optional.empty());
    }
    return prices
        .price(attempt.provider(), request.model(), attempt.model(), attempt.startedAt())
        .map(price -> priced(attempt, price))
        .orElse(attempt);
  }

  // Counting tokens costs nothing at any provider.
  private boolean free(Attempt attempt, Request request, Outcome outcome) {
    return request instanceof TokenCountRequest
        || (outcome instanceof Failure && attempt.usage().equals(Usage.NONE))
        || prices.free(attempt.provider(), attempt.model());
  }

  private static Attempt priced(Attempt attempt, Price price) {
    Price.Tier tier = price.tier(attempt.usage());
    Optional<Money> amount = tier.cost(attempt.usage());
    if (amount.isEmpty()) {
      return attempt;
    }
    return switch (attempt.usage().provenance()) {
      case REPORTED ->
          attempt.priced(
              price.borrowed() ? new Cost.Estimated(amount.get()) : new Cost.Known(amount.get()),
              Optional.of(tier.version()));
      case ESTIMATED ->
          attempt.priced(new Cost.Estimated(amount.get()), Optional.of(tier.version()));
      case ABSENT -> attempt;
    };
  }
}
