package dev.assay.gateway.prices;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The prices of one origin, by provider and name. Immutable. */
final class PriceList {
  private final Map<String, Map<String, Prices>> providers;

  /**
   * A list.
   *
   * @param origin stands before the version of each row
   * @throws IllegalArgumentException when two rows contradict each other, or a model has a price
   *     for long prompts only
   */
  PriceList(String origin, List<PriceRow> rows) {
    Map<String, Map<String, SortedMap<LocalDate, List<PriceRow>>>> sorted = new HashMap<>();
    for (PriceRow row : rows) {
      var models = sorted.computeIfAbsent(row.provider(), provider -> new HashMap<>());
      enter(models, row.model(), row);
      row.aliases().forEach(alias -> enter(models, alias, row));
    }
    this.providers = new HashMap<>();
    sorted.forEach((provider, models) -> {
      Map<String, Prices> priced = new HashMap<>();
      models.forEach((model, days) -> priced.put(model, prices(origin, days)));
      providers.put(provider, priced);
    });
  }

  private static void enter(
      Map<String, SortedMap<LocalDate, List<PriceRow>>> models, String name, PriceRow row) {
    models
        .computeIfAbsent(name, model -> new TreeMap<>(Comparator.reverseOrder()))
        .computeIfAbsent(row.validFrom(), day -> new ArrayList<>())
        .add(row);
  }

  private static Prices prices(String origin, SortedMap<LocalDate, List<PriceRow>> days) {
    List<Dated> dated = new ArrayList<>();
    boolean datedNames = false;
    for (var day : days.entrySet()) {
      List<PriceRow> rows = day.getValue();
      dated.add(
          new Dated(day.getKey().atStartOfDay(ZoneOffset.UTC).toInstant(), price(origin, rows)));
      datedNames |= rows.stream().flatMap(row -> row.aliases().stream()).anyMatch(DatedName::is);
    }
    return new Prices(dated, datedNames);
  }

  private static Price price(String origin, List<PriceRow> rows) {
    List<Price.Tier> tiers = new ArrayList<>();
    rows.sort(Comparator.comparingLong(PriceList::threshold).reversed());
    for (PriceRow row : rows) {
      if (!tiers.isEmpty() && tiers.getLast().above() == threshold(row)) {
        throw new IllegalArgumentException("prices: " + version(row) + " stands there twice");
      }
      tiers.add(new Price.Tier(origin + version(row), threshold(row), new Rates(row)));
    }
    if (tiers.getLast().above() != 0) {
      throw new IllegalArgumentException(
          "prices: " + tiers.getLast().version() + " has no ordinary price beside it");
    }
    return new Price(tiers);
  }

  private static long threshold(PriceRow row) {
    return row.aboveInputTokens().orElse(0L);
  }

  private static String version(PriceRow row) {
    return row.provider()
        + "/"
        + row.model()
        + "@"
        + row.validFrom()
        + row.aboveInputTokens().map(tokens -> ">" + tokens).orElse("");
  }

  /** The price of a name at a time. */
  Optional<Price> price(String provider, String model, Instant at) {
    Prices prices = prices(provider, model);
    if (prices != null) {
      for (Dated dated : prices.dated) {
        if (!dated.from.isAfter(at)) {
          return Optional.of(dated.price);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the list says which dated names a model has. */
  boolean namesDates(String provider, String model) {
    Prices prices = prices(provider, model);
    return prices != null && prices.datedNames;
  }

  /** Whether the list has a price of a name at any time. */
  boolean knows(String provider, String model) {
    return prices(provider, model) != null;
  }

  private @Nullable Prices prices(String provider, String model) {
    Map<String, Prices> models = providers.get(provider);
    return models == null ? null : models.get(model);
  }

  /**
   * The prices of a name.
   *
   * @param dated the newest first
   * @param datedNames whether one of its rows has a dated alias
   */
  private record Prices(List<Dated> dated, boolean datedNames) {}

  private record Dated(Instant from, Price price) {}
}
