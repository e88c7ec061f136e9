package dev.assay.app;

import dev.assay.core.model.Cancellation;
import dev.assay.wire.http.HttpClient;
import dev.assay.wire.http.HttpFailure;
import dev.assay.wire.http.HttpRequest;
import dev.assay.wire.http.HttpResponse;
import dev.assay.wire.http.HttpResult;
import dev.assay.wire.http.HttpTimeouts;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Notes the identifier that the running process gave to the last call. For one call at a time. */
final class CallIdNotice implements HttpClient {
  private static final String HEADER = "x-assay-call-id";

  private final HttpClient http;
  private volatile Optional<UUID> last = Optional.empty();

  CallIdNotice(HttpClient http) {
    this.http = http;
  }

  @Override
  public HttpResult send(
      HttpRequest request, HttpTimeouts timeouts, Instant deadline, Cancellation cancellation) {
    HttpResult result = http.send(request, timeouts, deadline, cancellation);
    last =
        switch (result) {
          case HttpResponse response -> response.header(HEADER).map(UUID::fromString);
          case HttpFailure failure -> Optional.empty();
        };
    return result;
  }

  /** The identifier; absent when there was no answer. */
  Optional<UUID> last() {
    return last;
  }

  @Override
  public void close() {
    http.close();
  }
}
