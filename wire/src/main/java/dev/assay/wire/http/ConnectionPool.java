package dev.assay.wire.http;

import dev.assay.core.time.Clock;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps unused connections, the last used on top. It never limits how many are in use. */
final class ConnectionPool implements AutoCloseable {
  private final HttpSettings settings;
  private final Clock clock;
  private final ConcurrentMap<Endpoint, Idle> routes = new ConcurrentHashMap<>();
  private volatile boolean closed;

  ConnectionPool(HttpSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** A kept connection that the peer has not closed. */
  Optional<Connection> take(Endpoint endpoint) {
    Idle idle = routes.get(endpoint);
    if (idle == null) {
      return Optional.empty();
    }
    for (Connection next = idle.pop(); next != null; next = idle.pop()) {
      if (next.usable()) {
        return Optional.of(next);
      }
      next.discard();
    }
    return Optional.empty();
  }

  /** Keeps a connection whose exchange is over, or closes it when there are enough. */
  void give(Connection connection) {
    connection.idleSince(clock.nanos());
    Idle idle = routes.computeIfAbsent(connection.endpoint(), endpoint -> new Idle());
    if (idle.size.get() >= settings.idleConnections()) {
      connection.discard();
      return;
    }
    idle.push(connection);
    if (closed) {
      closeAll();
    }
  }

  /** Closes connections that have been unused for too long. */
  void closeOld() {
    long now = clock.nanos();
    long most = settings.keepIdle().toNanos();
    for (Idle idle : routes.values()) {
      Connection oldest = idle.connections.peekLast();
      while (oldest != null && now - oldest.idleSince() > most) {
        if (idle.removeLast(oldest)) {
          oldest.discard();
        }
        oldest = idle.connections.peekLast();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    closeAll();
  }

  private void closeAll() {
    for (Idle idle : routes.values()) {
      for (Connection next = idle.pop(); next != null; next = idle.pop()) {
        next.discard();
      }
    }
  }

  /** The unused connections to one endpoint. */
  private static final class Idle {
    private final Deque<Connection> connections = new ConcurrentLinkedDeque<>();
    private final AtomicInteger size = new AtomicInteger();

    void push(Connection connection) {
      size.incrementAndGet();
      connections.addFirst(connection);
    }

    @org.jspecify.annotations.Nullable
    Connection pop() {
      Connection top = connections.pollFirst();
      if (top != null) {
        size.decrementAndGet();
      }
      return top;
    }

    boolean removeLast(Connection connection) {
      boolean removed = connections.removeLastOccurrence(connection);
      if (removed) {
        size.decrementAndGet();
      }
      return removed;
    }
  }
}
