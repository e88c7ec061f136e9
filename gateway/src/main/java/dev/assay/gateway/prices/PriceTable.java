package dev.assay.gateway.prices;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What models cost, by day. Rows of the configuration win over those of the program. Thread-safe.
 */
public final class PriceTable {
  // Global deployments cost what the maker of the model takes, others more; no answer says which.
  private static final Map<String, String> PRICED_LIKE = Map.of("azure", "openai");

  private static final Set<String> OWN_MACHINE = Set.of("local", "ollama", "lmstudio");

  private final PriceList own;
  private final Supplier<List<PriceRow>> rows;
  private volatile @Nullable PriceList shipped;

  private PriceTable(List<PriceRow> own, Supplier<List<PriceRow>> rows) {
    this.own = new PriceList("settings:", own);
    this.rows = rows;
  }

  /**
   * The table that ships with the program, and rows of the configuration before it. The program's
   * rows are read when they are needed first, so that a start does not wait for them.
   *
   * @throws IllegalArgumentException when rows contradict each other
   */
  public static PriceTable shippedAnd(List<PriceRow> own) {
    return new PriceTable(own, PriceFile::read);
  }

  /**
   * A table of the given rows only.
   *
   * @throws IllegalArgumentException when rows contradict each other
   */
  public static PriceTable of(List<PriceRow> rows) {
    PriceTable table = new PriceTable(List.of(), () -> rows);
    table.load();
    return table;
  }

  /** Reads the program's rows now, so that no call has to wait for it. */
  public void load() {
    shipped();
  }

  private PriceList shipped() {
    PriceList list = shipped;
    return list == null ? loaded() : list;
  }

  private synchronized PriceList loaded() {
    PriceList list = shipped;
    if (list == null) {
      list = new PriceList("", rows.get());
      shipped = list;
    }
    return list;
  }

  /**
   * The price of a model at a time.
   *
   * <p>A name that ends in a day and stands in no row has the price of the name without the day,
   * unless rows of that name list dated names: then this one is left out for a reason.
   *
   * @param provider the provider's name
   * @param model the model's name at the provider
   * @param at when it was asked
   */
  public Optional<Price> price(String provider, String model, Instant at) {
    Optional<Price> price = exactly(provider, model, at);
    if (price.isPresent()) {
      return price;
    }
    Optional<String> undated = DatedName.undated(model);
    return undated.isEmpty() || namesDates(provider, undated.get())
        ? Optional.empty()
        : exactly(provider, undated.get(), at);
  }

  /**
   * The price of an answer. A model of Azure without a price of its own has OpenAI's, borrowed.
   *
   * @param provider the provider's name
   * @param asked the name that was asked; when the provider answered for a dated name of it that
   *     has no price of its own, its price holds
   * @param answered the name that the provider says has answered
   * @param at when it was asked
   */
  Optional<Price> price(String provider, String asked, String answered, Instant at) {
    Optional<Price> price = ofProvider(provider, asked, answered, at);
    String other = PRICED_LIKE.get(provider);
    return price.isPresent() || other == null
        ? price
        : ofProvider(other, asked, answered, at).map(Price::lent);
  }

  /**
   * Whether asking a model costs nothing but the machine that it runs on: those in process, and
   * those of a program on the own machine, unless the configuration has a price for it or the
   * program passes the question on.
   */
  boolean free(String provider, String model) {
    return OWN_MACHINE.contains(provider)
        && !model.endsWith("cloud")
        && !own.knows(provider, model);
  }

  private Optional<Price> ofProvider(String provider, String asked, String answered, Instant at) {
    Optional<Price> price = price(provider, answered, at);
    return price.isEmpty() && DatedName.undated(answered).filter(asked::equals).isPresent()
        ? exactly(provider, asked, at)
        : price;
  }

  private Optional<Price> exactly(String provider, String model, Instant at) {
    Optional<Price> price = own.price(provider, model, at);
    return price.isPresent() ? price : shipped().price(provider, model, at);
  }

  private boolean namesDates(String provider, String model) {
    return own.namesDates(provider, model) || shipped().namesDates(provider, model);
  }
}
