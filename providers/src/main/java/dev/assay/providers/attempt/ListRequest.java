package dev.assay.providers.attempt;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.ModelCard;
import dev.assay.core.time.Clock;
import dev.assay.providers.attempt.ModelListing.Listed;
import dev.assay.wire.http.BodyRead;
import dev.assay.wire.http.HttpClient;
import dev.assay.wire.http.HttpFailure;
import dev.assay.wire.http.HttpRequest;
import dev.assay.wire.http.HttpResponse;
import dev.assay.wire.http.HttpTimeouts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks an account for a list of its models, for three seconds at most. Thread-safe. */
public final class ListRequest {
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final int LARGEST = 16 * 1024 * 1024;

  private final Account account;
  private final HttpClient http;
  private final Clock clock;

  /** Requests to an account. */
  public ListRequest(Account account, HttpClient http, Clock clock) {
    this.account = account;
    this.http = http;
    this.clock = clock;
  }

  /**
   * Sends one.
   *
   * @param reader finds the models in a body; empty when it is no list of models
   */
  public Listed send(HttpRequest request, Function<Bytes, Optional<List<ModelCard>>> reader) {
    return switch (http.send(
        request, HttpTimeouts.WHOLE, clock.now().plus(LONGEST), new Cancellation())) {
      case HttpFailure failure -> new Listed.Unusable(failure.message());
      case HttpResponse response -> judge(response, reader);
    };
  }

  // Google refuses a key with HTTP 400.
  private static boolean keyRefused(int status, Bytes body) {
    return status == 401
        || status == 403
        || (status == 400 && body.utf8().contains("API_KEY_INVALID"));
  }

  private Listed judge(HttpResponse response, Function<Bytes, Optional<List<ModelCard>>> reader) {
    int status = response.status();
    return switch (response.readAll(LARGEST)) {
      case BodyRead.Broken(var failure, var received) -> new Listed.Unusable(failure.message());
      case BodyRead.Whole(var body) when keyRefused(status, body) ->
          new Listed.Unusable(
              "The key is refused (HTTP " + status + "): check " + account.source() + ".");
      case BodyRead.Whole _ when status == 404 || status == 405 -> new Listed.Unlisted();
      case BodyRead.Whole _ when status != 200 ->
          new Listed.Unusable("The list of models was answered with HTTP " + status + ".");
      case BodyRead.Whole(var body) ->
          reader
              .apply(body)
              .<Listed>map(Listed.Models::new)
              .orElseGet(() ->
                  new Listed.Unusable(
                      "The list of models is none: check the address " + account.baseUrl() + "."));
    };
  }
}
