package dev.assay.web.http;

import dev.assay.core.model.Cancellation;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.time.Task;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, between the socket and Helidon's reading of HTTP: it knows what the
 * connection is doing and since when, counts the bytes of a body as they arrive, and can read ahead
 * while a call runs, because only reading shows that the client left.
 *
 * <p>One thread serves the connection; the {@link Patrol} looks at it from another.
 */
final class ClientConnection implements ConnectionContext {
  /** What the connection is doing. */
  enum Phase {
    /** It waits for the next request. */
    IDLE,
    /** A request's head arrives. */
    HEAD,
    /** A request's body arrives. */
    BODY,
    /** The request is worked on. */
    ANSWERING,
    /** The same, and somebody reads ahead. */
    WATCHED,
    /** The answer is out, and what the client still sends is thrown away. */
    LINGERING
  }

  private static final byte[] END = new byte[0];
  private static final Status HEAD_TOO_LARGE =
      Status.create(431, "Request Header Fields Too Large");

  private final ConnectionContext inner;
  private final Connections all;
  private final DataReader reader = DataReader.create(this::read);
  private final TimedWriter writer;
  private Phase phase = Phase.IDLE;
  private long since;
  private @Nullable Task<byte[]> ahead;
  private @Nullable BodyCharge charge;
  private volatile @Nullable Cancellation call;
  private volatile @Nullable EventChannel events;
  private volatile boolean gone;
  private long received;
  private long headStart;
  private boolean timedOut;

  ClientConnection(ConnectionContext inner, Connections all) {
    this.inner = inner;
    this.all = all;
    this.writer = new TimedWriter(inner.dataWriter(), all.clock());
    this.since = all.clock().nanos();
  }

  Connections all() {
    return all;
  }

  /** What the connection does from now on. */
  synchronized void enter(Phase next) {
    phase = next;
    since = all.clock().nanos();
  }

  /** The answer is out, and the next byte belongs to another request. */
  void answered() {
    headStart = position();
    enter(Phase.IDLE);
  }

  /**
   * The head has been read.
   *
   * @throws RequestException when it is larger than it may be
   */
  void headEnded() {
    enter(Phase.ANSWERING);
    limitHead(position() - headStart);
  }

  // Helidon answers a request exception by itself, with this status and our early error's body.
  private void limitHead(long size) {
    if (size > all.limits().headBytes()) {
      throw RequestException.builder()
          .type(DirectHandler.EventType.BAD_REQUEST)
          .status(HEAD_TOO_LARGE)
          .message("the head is too large")
          .build();
    }
  }

  /** Counts the bytes that arrive from now on; nothing counts them when there is no charge. */
  void charge(@Nullable BodyCharge next) {
    charge = next;
  }

  /** The call that is cancelled when the client leaves or the server stops. */
  void call(@Nullable Cancellation next) {
    call = next;
    if (gone) {
      cancel(CancellationReason.CLIENT_GONE);
    }
  }

  /** The stream that is kept alive. */
  void events(@Nullable EventChannel next) {
    events = next;
  }

  /** Whether the client was seen to leave. */
  boolean gone() {
    return gone;
  }

  /** Cancels the call that runs, if any. */
  void cancel(CancellationReason reason) {
    Cancellation running = call;
    if (running != null) {
      running.cancel(reason);
    }
  }

  /** Looks after the connection: closes it, reads ahead or sends a heartbeat where it is time. */
  void inspect(long now) {
    Limits limits = all.limits();
    boolean overdue = overdue(now, limits);
    if (overdue || writer.stuck(now, limits.write())) {
      if (overdue) {
        noteTimeout();
      }
      cut();
      return;
    }
    watchAfter(now, limits.watch());
    EventChannel stream = events;
    if (stream != null && stream.silent(now, limits.heartbeat())) {
      all.tasks().fork("heartbeat", stream::heartbeat);
    }
  }

  private synchronized boolean overdue(long now, Limits limits) {
    long age = now - since;
    return switch (phase) {
      case IDLE -> age > limits.idle();
      case HEAD -> age > limits.head();
      case BODY -> age > limits.body();
      case LINGERING -> age > limits.linger();
      case ANSWERING, WATCHED -> false;
    };
  }

  private synchronized void noteTimeout() {
    if (!timedOut && (phase == Phase.HEAD || phase == Phase.BODY)) {
      timedOut = true;
      all.requestTimedOut();
    }
  }

  private synchronized void watchAfter(long now, long age) {
    if (phase == Phase.ANSWERING && call != null && now - since > age) {
      phase = Phase.WATCHED;
      if (ahead == null) {
        ahead = all.tasks().fork("watch", this::readAhead);
      }
    }
  }

  private byte[] readAhead() {
    byte[] data = END;
    try {
      data = orEnd(inner.serverSocket().get());
    } catch (UncheckedIOException e) {
      // A reset tells the same as an end.
    }
    if (data.length == 0) {
      gone = true;
      cancel(CancellationReason.CLIENT_GONE);
    }
    return data;
  }

  private static byte[] orEnd(byte @Nullable [] data) {
    return data == null ? END : data;
  }

  /** How many bytes arrived since the connection began. */
  long received() {
    return received;
  }

  /** How many of them have been read as HTTP. */
  long position() {
    return received - reader.available();
  }

  /** Reads on until the client ends, or the bytes are enough; what arrives is thrown away. */
  void discard(long atMost) {
    enter(Phase.LINGERING);
    long left = atMost;
    while (left > 0) {
      byte[] data = next();
      if (data.length == 0) {
        return;
      }
      left -= data.length;
    }
  }

  private byte[] read() {
    if (readsHead()) {
      // More is wanted than what has come.
      limitHead(received - headStart + 1);
    }
    byte[] data = next();
    if (data.length == 0) {
      throw new CloseConnectionException("the client left");
    }
    synchronized (this) {
      if (phase == Phase.IDLE) {
        enter(Phase.HEAD);
      }
    }
    BodyCharge counting = charge;
    if (counting != null) {
      counting.add(data.length);
    }
    return data;
  }

  private synchronized boolean readsHead() {
    return phase == Phase.IDLE || phase == Phase.HEAD;
  }

  private byte[] next() {
    Task<byte[]> early;
    synchronized (this) {
      early = ahead;
      ahead = null;
    }
    try {
      byte[] data = early == null ? orEnd(inner.serverSocket().get()) : early.await();
      received += data.length;
      return data;
    } catch (UncheckedIOException | ExecutionException e) {
      throw new CloseConnectionException("the connection broke", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("the server stops", e);
    }
  }

  /** Closes the socket under whoever reads or writes it. */
  void cut() {
    try {
      inner.serverSocket().close();
    } catch (UncheckedIOException e) {
      // It was closed already.
    }
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public Router router() {
    return all.router();
  }

  @Override
  public ListenerContext listenerContext() {
    return inner.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return inner.executor();
  }

  @Override
  public HelidonSocket serverSocket() {
    return inner.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return inner.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return inner.localPeer();
  }

  @Override
  public boolean isSecure() {
    return inner.isSecure();
  }

  @Override
  public String socketId() {
    return inner.socketId();
  }

  @Override
  public String childSocketId() {
    return inner.childSocketId();
  }
}
