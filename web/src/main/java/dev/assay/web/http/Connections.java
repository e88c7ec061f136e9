package dev.assay.web.http;

import dev.assay.core.model.CancellationReason;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Signal;
import dev.assay.core.time.Tasks;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections of a server and what they share. Each is wrapped before Helidon sees it, and
 * looked after as long as it lives. Thread-safe.
 */
public final class Connections implements ServerConnectionSelector {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final Http1ConnectionSelector http1;
  private final Router router;
  private final Limits limits;
  private final Clock clock;
  private final Tasks tasks;
  private final Runnable timedOut;
  private final Signal closed;
  private final Set<ClientConnection> live = ConcurrentHashMap.newKeySet();

  /**
   * No connections yet.
   *
   * @param http1 how HTTP is read
   * @param router where requests go
   * @param limits what a connection may do
   * @param timedOut is told of each connection that is closed because a request did not come whole
   */
  public Connections(
      Http1Config http1,
      Router router,
      Limits limits,
      Clock clock,
      Tasks tasks,
      Runnable timedOut) {
    this.http1 = Http1ConnectionSelector.builder().config(http1).build();
    this.router = router;
    this.limits = limits;
    this.clock = clock;
    this.tasks = tasks;
    this.timedOut = timedOut;
    this.closed = tasks.signal();
  }

  /** Looks after the connections until {@link #close}. */
  public void patrol() {
    Duration period = limits.period();
    tasks.fork(
        "connections",
        () -> {
          while (!closed.await(period)) {
            long now = clock.nanos();
            live.forEach(connection -> inspect(connection, now));
          }
          return true;
        });
  }

  // A defect met at one connection must not end the patrol of all others.
  private static void inspect(ClientConnection connection, long now) {
    try {
      connection.inspect(now);
    } catch (RuntimeException e) {
      LOG.error("Looking after a connection threw {}", e.getClass().getName());
    }
  }

  /** Ends the patrol. */
  public void close() {
    closed.fire();
  }

  /** Cancels all calls that run. */
  public void cancelCalls(CancellationReason reason) {
    live.forEach(connection -> connection.cancel(reason));
  }

  void requestTimedOut() {
    timedOut.run();
  }

  Limits limits() {
    return limits;
  }

  Clock clock() {
    return clock;
  }

  Tasks tasks() {
    return tasks;
  }

  Router router() {
    return router;
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    ClientConnection connection = new ClientConnection(context, this);
    live.add(connection);
    return new Served(connection, (Http1Connection) http1.connection(connection));
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http1.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  /** Forgets the connection when it ends. */
  private final class Served implements ServerConnection, InterruptableTask<Void> {
    private final ClientConnection connection;
    private final Http1Connection http;

    private Served(ClientConnection connection, Http1Connection http) {
      this.connection = connection;
      this.http = http;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      try {
        http.handle(limit);
        // It returns after an early error; closing on unread bytes would take the answer back.
        connection.discard(limits.bodyBytes());
      } finally {
        live.remove(connection);
      }
    }

    @Override
    public Duration idleTime() {
      return http.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      http.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
      return http.canInterrupt();
    }
  }
}
