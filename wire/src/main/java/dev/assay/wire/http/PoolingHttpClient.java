package dev.assay.wire.http;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Cancellation;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.time.Clock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** The client over {@link Connection}s. */
final class PoolingHttpClient implements HttpClient {
  // A kept connection that the peer had closed shows within a round trip.
  private static final Duration STALE_SHOWS_WITHIN = Duration.ofSeconds(1);
  private static final int MOST_INTERIM_RESPONSES = 10;

  private final Clock clock;
  private final ConnectionPool pool;
  private final ConnectionOpener opener;
  private final Watchdog watchdog;
  private volatile boolean closed;

  PoolingHttpClient(HttpSettings settings, Clock clock) {
    this.clock = clock;
    this.pool = new ConnectionPool(settings, clock);
    this.opener = new ConnectionOpener(settings.trust());
    this.watchdog = new Watchdog(pool::closeOld);
  }

  @Override
  public HttpResult send(
      HttpRequest request, HttpTimeouts timeouts, Instant deadline, Cancellation cancellation) {
    Exchange exchange = new Exchange(clock, timeouts, deadline);
    watchdog.watch(exchange);
    Cancellation.Registration registration = cancellation.onCancel(exchange::cancel);
    exchange.atEnd(() -> {
      registration.close();
      watchdog.unwatch(exchange);
    });
    if (closed) {
      exchange.stop(ErrorCode.SHUTTING_DOWN);
    }
    // An interrupt closes whatever channel its thread touches, kept connections among them.
    if (Thread.currentThread().isInterrupted()) {
      exchange.stop(ErrorCode.CANCELLED);
    }
    exchange.check();
    HttpResult result = send(request, exchange);
    if (result instanceof HttpFailure) {
      exchange.end();
    }
    return result;
  }

  private HttpResult send(HttpRequest request, Exchange exchange) {
    Optional<Connection> kept =
        exchange.stopped() == null ? pool.take(request.endpoint()) : Optional.empty();
    if (kept.isEmpty()) {
      return sendAnew(request, exchange);
    }
    Connection connection = kept.get();
    long start = clock.nanos();
    try {
      connection.reuse(exchange);
      return roundTrip(request, exchange, connection);
    } catch (IOException | HttpException broken) {
      connection.discard();
      return wasStale(connection, exchange, start)
          ? sendAnew(request, exchange)
          : FailureClassifier.exchanging(exchange, connection, broken);
    }
  }

  private boolean wasStale(Connection connection, Exchange exchange, long start) {
    return exchange.stopped() == null
        && !Thread.currentThread().isInterrupted()
        && connection.received() == 0
        && clock.since(start).compareTo(STALE_SHOWS_WITHIN) < 0;
  }

  private HttpResult sendAnew(HttpRequest request, Exchange exchange) {
    Connection connection;
    try {
      connection = opener.open(request.endpoint(), exchange);
    } catch (IOException failed) {
      return FailureClassifier.connecting(exchange, request.endpoint(), failed);
    }
    try {
      return roundTrip(request, exchange, connection);
    } catch (IOException | HttpException broken) {
      connection.discard();
      return FailureClassifier.exchanging(exchange, connection, broken);
    }
  }

  private HttpResult roundTrip(HttpRequest request, Exchange exchange, Connection connection)
      throws IOException, HttpException {
    ClassicHttpRequest message = message(request);
    boolean wholeSent = write(message, connection);
    ClassicHttpResponse head = receiveHead(connection);
    if (connection.ended()) {
      throw new IOException("the head of the response is cut off");
    }
    return HttpResponse.receive(head, wholeSent, exchange, connection, pool);
  }

  /** Writes the request; false when the peer closed its side before it had read all of it. */
  private static boolean write(ClassicHttpRequest message, Connection connection)
      throws IOException, HttpException {
    try {
      connection.sendRequestHeader(message);
      connection.sendRequestEntity(message);
      connection.flush();
      return true;
    } catch (IOException refused) {
      // A server that refuses a large body answers before it has read it; the answer may be there.
      if (connection.isOpen() && message.getEntity() != null) {
        return false;
      }
      throw refused;
    }
  }

  private static ClassicHttpRequest message(HttpRequest request) {
    ClassicHttpRequest message = new BasicClassicHttpRequest(request.method(), request.path());
    message.addHeader("Host", request.endpoint().hostHeader());
    request.headers().forEach(message::addHeader);
    if (request.body().isPresent()) {
      Bytes body = request.body().get();
      message.addHeader("Content-Length", body.length());
      message.setEntity(
          new ByteArrayEntity(body.backingArray(), body.arrayOffset(), body.length(), null));
    }
    return message;
  }

  private static ClassicHttpResponse receiveHead(Connection connection)
      throws IOException, HttpException {
    for (int i = 0; i < MOST_INTERIM_RESPONSES; i++) {
      ClassicHttpResponse head = connection.receiveResponseHeader();
      if (head.getCode() == 101) {
        break;
      }
      if (head.getCode() >= 200) {
        return head;
      }
    }
    throw new ProtocolException("no final response");
  }

  @Override
  public void close() {
    closed = true;
    watchdog.watched().forEach(exchange -> exchange.stop(ErrorCode.SHUTTING_DOWN));
    pool.close();
    watchdog.close();
  }
}
