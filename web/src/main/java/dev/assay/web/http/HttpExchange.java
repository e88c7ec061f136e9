package dev.assay.web.http;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Cancellation;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A request and its answer. Used by the thread of its connection. */
public final class HttpExchange {
  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
  private static final Header EVENTS =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
  private static final Header NO_CACHE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
  // Otherwise nginx, when it stands in between, collects events before it passes them on.
  private static final Header NO_BUFFERING =
      HeaderValues.createCached(HeaderNames.createFromLowercase("x-accel-buffering"), "no");

  private final ClientConnection connection;
  private final RoutingRequest request;
  private final RoutingResponse response;
  private final RequestHead head;
  private final OptionalLong length;
  private final boolean chunked;
  private final long bodyStart;
  private boolean unread;
  private boolean close;
  private @Nullable BodyCharge charge;

  HttpExchange(ClientConnection connection, RoutingRequest request, RoutingResponse response) {
    this.connection = connection;
    this.request = request;
    this.response = response;
    this.head = RequestHead.of(request.headers());
    this.length = request.headers().contentLength();
    this.chunked = request.headers().contains(HeaderNames.TRANSFER_ENCODING);
    this.bodyStart = connection.position();
    this.unread = chunked || length.orElse(0) > 0;
    this.close = head.close();
  }

  /** The method, in upper case. */
  public String method() {
    return request.prologue().method().text();
  }

  /** The path as it came, not decoded, but without a slash at its end; without the query. */
  public String path() {
    String path = request.prologue().uriPath().rawPath();
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** The query as it came, without its question mark; an empty one is none. */
  public Optional<String> rawQuery() {
    return request.prologue().hasQuery()
        ? Optional.of(request.prologue().query().rawValue()).filter(query -> !query.isEmpty())
        : Optional.empty();
  }

  /** The query's parameters, decoded. */
  public Map<String, List<String>> query() {
    return rawQuery().isEmpty() ? Map.of() : request.prologue().query().toMap();
  }

  /** The headers. */
  public RequestHead head() {
    return head;
  }

  /** How long the body is said to be; empty when it comes in chunks or there is none. */
  public OptionalLong length() {
    return length;
  }

  /** How many bytes a body may have. */
  public int largestBody() {
    return connection.all().limits().bodyBytes();
  }

  /** Reads the body; can be asked once. Its bytes count until the exchange is over. */
  public Body body(ByteBudget budget) {
    if (!unread) {
      return new Body.Whole(Bytes.EMPTY);
    }
    int limit = largestBody();
    charge = new BodyCharge(budget, limit);
    BodyReader reader =
        new BodyReader(request.content(), chunked ? OptionalLong.empty() : length, charge, limit);
    connection.enter(ClientConnection.Phase.BODY);
    connection.charge(charge);
    try {
      Body body = reader.read();
      unread = !(body instanceof Body.Whole);
      return body;
    } finally {
      connection.charge(null);
      connection.enter(ClientConnection.Phase.ANSWERING);
    }
  }

  /** Counts bytes of a stream that are kept until it is recorded. */
  public void hold(int bytes) {
    if (charge != null) {
      charge.hold(bytes);
    }
  }

  /** Adds a header to the answer. */
  public void header(HeaderName name, String value) {
    response.header(HeaderValues.create(name, value));
  }

  /** Adds a header to the answer. */
  public void header(Header header) {
    response.header(header);
  }

  /** Makes this the last answer on the connection. */
  public void closeAfterwards() {
    close = true;
  }

  /**
   * Sends the answer, which is JSON, in one write; to a {@code HEAD} only its headers.
   *
   * @return whether it could be handed to the network
   */
  public boolean send(int status, Bytes json) {
    if (clientGone()) {
      return false;
    }
    close |= unread;
    if (close) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    response.header(JSON);
    response.status(Status.create(status));
    Bytes body = json;
    if (method().equals("HEAD")) {
      response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, json.length()));
      body = Bytes.EMPTY;
    }
    try {
      response.send(body.backingArray(), body.arrayOffset(), body.length());
      return true;
    } catch (RuntimeException e) {
      if (!Broken.connection(e)) {
        throw e;
      }
      close = true;
      return false;
    }
  }

  /** The call that is worked on: cancelled when the client leaves or the server stops. */
  public void working(Cancellation call) {
    connection.call(call);
  }

  /** An answer as events, in which nothing has been sent yet. */
  public EventChannel events(Cancellation call) {
    return new EventChannel(this, call);
  }

  OutputStream openEvents(EventChannel channel) {
    if (close) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    response.header(EVENTS);
    response.header(NO_CACHE);
    response.header(NO_BUFFERING);
    connection.events(channel);
    return response.outputStream();
  }

  boolean clientGone() {
    close |= connection.gone();
    return connection.gone();
  }

  void commit() {
    response.commit();
  }

  void cutAfterwards() {
    close = true;
  }

  long nanos() {
    return connection.all().clock().nanos();
  }

  boolean sent() {
    return response.hasEntity();
  }

  /** Ends the exchange; whether the connection ends with it. */
  boolean end() {
    connection.call(null);
    connection.events(null);
    if (charge != null) {
      charge.release();
    }
    if (close && unread && !head.expectsContinue()) {
      // Closing on bytes that were not read resets the connection, and the answer with it.
      long arrived = connection.received() - bodyStart;
      connection.discard(chunked ? Long.MAX_VALUE : length.orElse(0) - arrived);
    }
    connection.answered();
    return close;
  }
}
