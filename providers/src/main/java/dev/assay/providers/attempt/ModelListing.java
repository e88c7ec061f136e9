package dev.assay.providers.attempt;

import dev.assay.core.model.ModelCard;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Remembers for a while which models an account has, and asks again behind it. Thread-safe. */
public final class ModelListing {
  private static final Duration GOOD_FOR = Duration.ofMinutes(5);

  // A local server may be started at any moment.
  private static final Duration BAD_FOR = Duration.ofSeconds(10);

  private final Account account;
  private final Clock clock;
  private final Supplier<Listed> asking;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ProviderStatus last;
  private long askedAt;
  private volatile List<ModelCard> listed = List.of();

  /**
   * A listing of nothing but the configured models.
   *
   * @param asking asks the account over the network, within a few seconds
   */
  public ModelListing(Account account, Clock clock, Supplier<Listed> asking) {
    this.account = account;
    this.clock = clock;
    this.asking = asking;
  }

  /** What came of asking an account for its models. */
  public sealed interface Listed {
    /** Its models, by full name. */
    record Models(List<ModelCard> models) implements Listed {
      /** Copies the models. */
      public Models {
        models = List.copyOf(models);
      }
    }

    /** It has no list; it need not have one to answer. */
    record Unlisted() implements Listed {}

    /** It cannot be used; why, in a sentence. */
    record Unusable(String why) implements Listed {}
  }

  /** The names that are known without asking. */
  public Set<String> known() {
    return cards().stream()
        .map(card -> card.id().substring(account.name().length() + 1))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The status, asked for when the last one is too old. */
  public ProviderStatus status() {
    lock.lock();
    try {
      if (last == null || clock.since(askedAt).compareTo(last.usable() ? GOOD_FOR : BAD_FOR) >= 0) {
        last = ask();
        askedAt = clock.nanos();
      }
      return last;
    } finally {
      lock.unlock();
    }
  }

  private ProviderStatus ask() {
    return switch (asking.get()) {
      case Listed.Models(var models) -> {
        listed = models;
        yield status(Optional.empty());
      }
      case Listed.Unlisted() -> status(Optional.empty());
      case Listed.Unusable(var why) -> status(Optional.of(why));
    };
  }

  private ProviderStatus status(Optional<String> unusable) {
    return new ProviderStatus(account.name(), account.source(), unusable, cards());
  }

  private List<ModelCard> cards() {
    Map<String, ModelCard> cards = new TreeMap<>(Comparator.naturalOrder());
    for (String model : account.models()) {
      String id = account.name() + "/" + model;
      cards.put(id, new ModelCard(id, account.name(), Optional.empty(), false, Optional.empty()));
    }
    listed.forEach(card -> cards.put(card.id(), card));
    return List.copyOf(cards.values());
  }
}
