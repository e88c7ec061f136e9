package dev.assay.wire.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A server that does on each connection exactly what a script says, byte by byte. */
final class RawServer implements AutoCloseable {
  private final ServerSocket socket;
  private final boolean tls;
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final List<Throwable> defects = new ArrayList<>();
  private int open;

  /** What the server does on one connection; it is closed when the script ends. */
  @FunctionalInterface
  interface Script {
    void serve(Peer peer) throws Exception;
  }

  RawServer(Script script) throws IOException {
    this(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()), false, script);
  }

  private RawServer(ServerSocket socket, boolean tls, Script script) {
    this.socket = socket;
    this.tls = tls;
    Thread.ofVirtual().start(() -> accept(script));
  }

  static RawServer overTls(SSLContext identity, Script script) throws IOException {
    ServerSocket socket =
        identity
            .getServerSocketFactory()
            .createServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    return new RawServer(socket, true, script);
  }

  /** Answers every request with a body, keeping the connection open. */
  static Script answering(String body) {
    return peer -> {
      while (peer.request().isPresent()) {
        peer.send(ok(body));
      }
    };
  }

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  Endpoint endpoint() {
    return new Endpoint(tls, "localhost", socket.getLocalPort());
  }

  int accepted() {
    return accepted.get();
  }

  int requests() {
    return requests.get();
  }

  /** Waits until every connection is closed; fails when a script has failed. */
  synchronized void awaitNoConnections() throws InterruptedException {
    while (open > 0) {
      wait();
    }
    if (!defects.isEmpty()) {
      throw new AssertionError("a script failed", defects.getFirst());
    }
  }

  private void accept(Script script) {
    while (true) {
      try {
        Socket connection = socket.accept();
        accepted.incrementAndGet();
        synchronized (this) {
          open++;
        }
        Thread.ofVirtual().start(() -> serve(connection, script));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection, Script script) {
    try (connection) {
      script.serve(new Peer(connection));
    } catch (IOException gone) {
      // The client may leave whenever it likes.
    } catch (Exception | AssertionError defect) {
      synchronized (this) {
        defects.add(defect);
      }
    } finally {
      synchronized (this) {
        open--;
        notifyAll();
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** The client's side of a connection, seen from the server. */
  final class Peer {
    private final Socket connection;
    private final InputStream in;

    Peer(Socket connection) throws IOException {
      this.connection = connection;
      this.in = connection.getInputStream();
    }

    /** The next request, head and body as text; empty when the client has closed. */
    Optional<String> request() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          return Optional.empty();
        }
        head.write(next);
      }
      requests.incrementAndGet();
      String text = head.toString(StandardCharsets.ISO_8859_1);
      byte[] body = in.readNBytes(length(text));
      return Optional.of(text + new String(body, StandardCharsets.ISO_8859_1));
    }

    private static int length(String head) {
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
          .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
          .findFirst()
          .orElse(0);
    }

    void send(String text) throws IOException {
      connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      connection.getOutputStream().flush();
    }

    /** Waits for the first byte of a request and takes no more of it. */
    void firstByte() throws IOException {
      in.read();
    }

    /** Does nothing until the client closes. */
    void stall() throws IOException {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }

    /** Says that it has come here, and does nothing until the client closes. */
    void stall(CountDownLatch here) throws IOException {
      here.countDown();
      stall();
    }

    /** Makes closing the connection send a reset. */
    void resetOnClose() throws IOException {
      connection.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
  }
}
