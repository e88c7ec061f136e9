package dev.assay.wire.http;

import dev.assay.core.model.Cancellation;
import dev.assay.core.time.Clock;
import java.time.Instant;

/**
 * Sends requests to providers over HTTP/1.1 and keeps connections open between them. Thread-safe.
 *
 * <p>It follows no redirect, keeps no cookie, asks for no compression and repeats no request. One
 * exception: when a kept connection turns out to be closed, which shows as a loss within a second
 * of sending and before any byte of a response, the request goes out once more over a new
 * connection, as a part of the same exchange.
 */
public interface HttpClient extends AutoCloseable {
  /**
   * Sends a request and waits for the head of the response. Blocks the calling thread.
   *
   * @param request what is sent
   * @param timeouts how long it may wait
   * @param deadline when the whole exchange, the body included, must be over
   * @param cancellation closes the connection at once, at any time until the body has ended; for
   *     {@link dev.assay.core.model.CancellationReason#CLIENT_GONE} see {@link
   *     HttpTimeouts#afterClientGone}
   * @return a response, which must be closed, or a failure
   */
  HttpResult send(
      HttpRequest request, HttpTimeouts timeouts, Instant deadline, Cancellation cancellation);

  /** Ends every exchange with {@code shutting_down}, closes all connections and its thread. */
  @Override
  void close();

  /**
   * A client.
   *
   * @param settings how connections are kept and trusted
   * @param clock measures the timeouts; they are checked every 50 real milliseconds
   */
  static HttpClient open(HttpSettings settings, Clock clock) {
    return new PoolingHttpClient(settings, clock);
  }
}
