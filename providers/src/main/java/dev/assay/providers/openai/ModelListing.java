package dev.assay.providers.openai;

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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks an account for its models and remembers them for a while. Thread-safe. */
final class ModelListing {
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final Duration GOOD_FOR = Duration.ofMinutes(5);

  // A local server may be started at any moment.
  private static final Duration BAD_FOR = Duration.ofSeconds(10);

  private static final int LARGEST = 16 * 1024 * 1024;

  private final OpenAiSettings settings;
  private final OpenAiApi api;
  private final HttpClient http;
  private final Clock clock;
  private final ReentrantLock asking = new ReentrantLock();
  private @Nullable ProviderStatus last;
  private long askedAt;
  private volatile List<ModelCard> listed = List.of();

  ModelListing(OpenAiSettings settings, OpenAiApi api, HttpClient http, Clock clock) {
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

  private ProviderStatus ask() {
    return switch (http.send(
        api.models(), HttpTimeouts.WHOLE, clock.now().plus(LONGEST), new Cancellation())) {
      case HttpFailure failure -> unusable(failure.message());
      case HttpResponse response -> judge(response);
    };
  }

  private ProviderStatus judge(HttpResponse response) {
    int status = response.status();
    return switch (response.readAll(LARGEST)) {
      case BodyRead.Broken(var failure, var received) -> unusable(failure.message());
      case BodyRead.Whole _ when status == 401 || status == 403 ->
          unusable("The key is refused (HTTP " + status + "): check " + settings.source() + ".");
      // A server need not have a list to answer.
      case BodyRead.Whole _ when status == 404 || status == 405 -> usable();
      case BodyRead.Whole _ when status != 200 ->
          unusable("The list of models was answered with HTTP " + status + ".");
      case BodyRead.Whole(var body) -> {
        Optional<List<ModelCard>> models = ModelListReader.read(settings.name(), body);
        listed = models.map(List::copyOf).orElse(listed);
        yield models.isPresent()
            ? usable()
            : unusable("The list of models is none: check the address " + settings.baseUrl() + ".");
      }
    };
  }

  private ProviderStatus usable() {
    return new ProviderStatus(settings.name(), settings.source(), Optional.empty(), cards());
  }

  private ProviderStatus unusable(String why) {
    return new ProviderStatus(settings.name(), settings.source(), Optional.of(why), cards());
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
