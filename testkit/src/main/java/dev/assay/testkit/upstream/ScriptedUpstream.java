package dev.assay.testkit.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * An HTTP/1.1 server on a loopback socket whose every reply is scripted byte by byte: stalls, cuts,
 * splits, garbage. It keeps connections open as a provider does, counts, and remembers what it was
 * asked. Thread-safe.
 *
 * <p>What waits here waits in real time, but only for something that happens, and fails after half
 * a minute.
 */
public final class ScriptedUpstream implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int BACKLOG = 1_024;

  private final ServerSocket listener;
  private final Thread accepting;
  private final Deque<Reply> script = new ArrayDeque<>();
  private final List<Received> received = new ArrayList<>();
  private final Set<Connection> open = new LinkedHashSet<>();
  private final List<Thread> threads = new ArrayList<>();
  private Optional<Function<Received, Reply>> otherwise = Optional.empty();
  private List<String> unscripted = new ArrayList<>();
  private int accepted;
  private int playing;
  private int departures;
  private boolean closing;

  private ScriptedUpstream() throws IOException {
    listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    accepting = Thread.ofVirtual().name("upstream-accepting").start(this::accept);
  }

  /** A server on a free port. */
  public static ScriptedUpstream start() {
    try {
      return new ScriptedUpstream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** An address at which nobody listens: connecting is refused. */
  public static URI refusing() {
    try (ScriptedUpstream gone = start()) {
      return gone.uri();
    }
  }

  /** Its address, without a path. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Appends replies to the script, one for each request to come. */
  public synchronized ScriptedUpstream then(Reply... replies) {
    script.addAll(Arrays.asList(replies));
    return this;
  }

  /** What it replies when the script is played. */
  public ScriptedUpstream otherwise(Reply reply) {
    return otherwise(request -> reply);
  }

  /** What it replies when the script is played; the function runs on the connection's thread. */
  public synchronized ScriptedUpstream otherwise(Function<Received, Reply> replies) {
    otherwise = Optional.of(replies);
    return this;
  }

  /** How many replies of the script were not asked for yet. */
  public synchronized int unplayed() {
    return script.size();
  }

  /** The requests that came so far, in order. */
  public synchronized List<Received> received() {
    return List.copyOf(received);
  }

  /** The request that came last. */
  public synchronized Received last() {
    return received.getLast();
  }

  /** How many requests came so far. */
  public synchronized int requests() {
    return received.size();
  }

  /** How many connections were accepted so far. */
  public synchronized int accepted() {
    return accepted;
  }

  /** How many connections are open. */
  public synchronized int open() {
    return open.size();
  }

  /** How many replies the client did not wait for. */
  public synchronized int departures() {
    return departures;
  }

  /** Waits until this many requests came. */
  public void awaitRequests(int count) {
    await(() -> received.size() >= count, count + " requests");
  }

  /** Waits until the client has turned away from this many replies. */
  public void awaitDepartures(int count) {
    await(() -> departures >= count, count + " departures");
  }

  /** Waits until no connection is open. */
  public void awaitClosed() {
    await(open::isEmpty, "all connections to be closed");
  }

  /**
   * Ends every connection and its threads; does nothing the second time.
   *
   * @throws AssertionError when a reply is still being sent, so a client holds on to it, or when a
   *     request came for which there was no reply
   */
  @Override
  public void close() {
    if (listener.isClosed()) {
      return;
    }
    try {
      await(() -> playing == 0, "replies that somebody still reads to end");
      checkScripted();
    } finally {
      stop();
    }
  }

  Reply replyTo(Received request) {
    Function<Received, Reply> fallback;
    synchronized (this) {
      received.add(request);
      playing++;
      notifyAll();
      if (!script.isEmpty()) {
        return script.removeFirst();
      }
      fallback = otherwise.orElse(this::unscripted);
    }
    return fallback.apply(request);
  }

  synchronized void played(boolean left) {
    playing--;
    departures += left ? 1 : 0;
    notifyAll();
  }

  synchronized void ended(Connection connection) {
    open.remove(connection);
    notifyAll();
  }

  private synchronized Reply unscripted(Received request) {
    unscripted.add(request.method() + " " + request.path());
    return Reply.json(500, "{\"error\":{\"message\":\"unscripted\"}}");
  }

  private synchronized void checkScripted() {
    if (!unscripted.isEmpty()) {
      throw new AssertionError("requests without a scripted reply: " + unscripted);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        take(listener.accept());
      } catch (IOException closed) {
        // Either the listener was closed, which ends this, or a client left before its turn.
      }
    }
  }

  private synchronized void take(Socket socket) throws IOException {
    if (closing) {
      socket.close();
      return;
    }
    Connection connection = new Connection(this, socket);
    accepted++;
    open.add(connection);
    threads.removeIf(thread -> !thread.isAlive());
    threads.add(Thread.ofVirtual().name("upstream-connection").start(connection::serve));
    notifyAll();
  }

  private synchronized void await(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError("waited in vain for " + what);
        }
        wait(left);
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + what, interrupt);
    }
  }

  private void stop() {
    List<Thread> ending;
    synchronized (this) {
      closing = true;
      open.forEach(Connection::close);
      ending = new ArrayList<>(threads);
      ending.add(accepting);
    }
    try {
      listener.close();
      ending.forEach(Thread::interrupt);
      for (Thread thread : ending) {
        if (!thread.join(PATIENCE)) {
          throw new AssertionError("still runs: " + thread.getName());
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
