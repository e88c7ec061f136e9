package dev.assay.providers.anthropic;

import dev.assay.core.model.Cancellation;
import dev.assay.core.model.ModelCard;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.time.Clock;
import dev.assay.wire.http.BodyRead;
import dev.assay.wire.http.HttpClient;
import dev.assay.wire.http.HttpFailure;
import dev.assay.wire.http.HttpResponse;
import dev.assay.wire.http.HttpTimeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks an account for its models, page by page, and remembers them for a while. Thread-safe. */
final class ModelListing {
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final Duration GOOD_FOR = Duration.ofMinutes(5);
  private static final Duration BAD_FOR = Duration.ofSeconds(10);
  private static final int LARGEST = 16 * 1024 * 1024;
  private static final int MOST_PAGES = 10;

  private final AnthropicSettings settings;
  private final AnthropicApi api;
  private final HttpClient http;
  private final Clock clock;
  private final ReentrantLock asking = new ReentrantLock();
  private @Nullable ProviderStatus last;
  private long askedAt;
  private volatile List<ModelCard> listed = List.of();

  ModelListing(AnthropicSettings settings, AnthropicApi api, HttpClient http, Clock clock) {
    this.settings = settings;
    this.api = api;
    this.http = http;
    this.clock = clock;
  }

  /** The names that are known without asking. */
  Set<String> known() {
    return cards().stream()
        .map(card -> card.id().substring(settings.name().length() + 1))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The status, asked for when the last one is too old. */
  ProviderStatus status() {
    asking.lock();
    try {
      if (last == null || clock.since(askedAt).compareTo(last.usable() ? GOOD_FOR : BAD_FOR) >= 0) {
        last = ask();
        askedAt = clock.nanos();
      }
      return last;
    } finally {
      asking.unlock();
    }
  }

  /** What a page has: the models, nothing because there is no list, or why it is not known. */
  private sealed interface Page {
    record Models(ModelPage page) implements Page {}

    record NoList() implements Page {}

    record Failed(String why) implements Page {}
  }

  private ProviderStatus ask() {
    Instant deadline = clock.now().plus(LONGEST);
    List<ModelCard> found = new ArrayList<>();
    Optional<String> after = Optional.empty();
    for (int page = 0; page < MOST_PAGES; page++) {
      switch (page(after, deadline)) {
        case Page.Failed(String why) -> {
          return status(Optional.of(why));
        }
        case Page.NoList() -> {
          return status(Optional.empty());
        }
        case Page.Models(ModelPage models) -> {
          found.addAll(models.models());
          after = models.next();
        }
      }
      if (after.isEmpty()) {
        break;
      }
    }
    listed = List.copyOf(found);
    return status(Optional.empty());
  }

  private Page page(Optional<String> after, Instant deadline) {
    return switch (http.send(api.models(after), HttpTimeouts.WHOLE, deadline, new Cancellation())) {
      case HttpFailure failure -> new Page.Failed(failure.message());
      case HttpResponse response -> judge(response);
    };
  }

  private Page judge(HttpResponse response) {
    int status = response.status();
    return switch (response.readAll(LARGEST)) {
      case BodyRead.Broken(var failure, var _) -> new Page.Failed(failure.message());
      case BodyRead.Whole _ when status == 401 || status == 403 ->
          new Page.Failed(
              "The key is refused (HTTP " + status + "): check " + settings.source() + ".");
      // A server need not have a list to answer.
      case BodyRead.Whole _ when status == 404 || status == 405 -> new Page.NoList();
      case BodyRead.Whole _ when status != 200 ->
          new Page.Failed("The list of models was answered with HTTP " + status + ".");
      case BodyRead.Whole(var body) ->
          ModelPage.read(settings.name(), body)
              .<Page>map(Page.Models::new)
              .orElseGet(() ->
                  new Page.Failed(
                      "The list of models is none: check the address " + settings.baseUrl() + "."));
    };
  }

  private ProviderStatus status(Optional<String> unusable) {
    return new ProviderStatus(settings.name(), settings.source(), unusable, cards());
  }

  private List<ModelCard> cards() {
    Map<String, ModelCard> cards = new TreeMap<>(Comparator.naturalOrder());
    for (String model : settings.models()) {
      String id = settings.name() + "/" + model;
      cards.put(id, new ModelCard(id, settings.name(), Optional.empty(), false, Optional.empty()));
    }
    listed.forEach(card -> cards.put(card.id(), card));
    return List.copyOf(cards.values());
  }
}
