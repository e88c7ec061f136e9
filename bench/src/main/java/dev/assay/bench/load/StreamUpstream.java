package dev.assay.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** Answers every request with a stream whose events say when they were sent. */
final class StreamUpstream implements AutoCloseable {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final ServerSocket server;
  private final int events;
  private final long period;

  StreamUpstream(int port, int events, int perSecond) throws IOException {
    this.server = new ServerSocket(port, 1024, InetAddress.getLoopbackAddress());
    this.events = events;
    this.period = 1_000_000_000L / perSecond;
    Thread.ofPlatform().daemon().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = Http.input(socket);
      OutputStream out = socket.getOutputStream();
      while (true) {
        in.skipNBytes(Http.head(in, false));
        stream(out);
      }
    } catch (IOException e) {
      // The client is done.
    }
  }

  private void stream(OutputStream out) throws IOException {
    out.write(HEAD.getBytes(StandardCharsets.US_ASCII));
    event(out, "{\"role\":\"assistant\",\"content\":\"\"}", "null");
    long due = System.nanoTime();
    for (int i = 0; i < events; i++) {
      due += period;
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        LockSupport.parkNanos(due - now);
      }
      event(out, "{\"content\":\"" + System.nanoTime() + "\"}", "null");
    }
    event(out, "{}", "\"stop\"");
    chunk(
        out,
        "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o-mini\",\"choices\":[],"
            + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":"
            + events
            + ",\"total_tokens\":"
            + (9 + events)
            + "}}\n\n");
    chunk(out, "data: [DONE]\n\n");
    out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static void event(OutputStream out, String delta, String finish) throws IOException {
    chunk(
        out,
        "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"delta\":"
            + delta
            + ",\"finish_reason\":"
            + finish
            + "}]}\n\n");
  }

  private static void chunk(OutputStream out, String text) throws IOException {
    out.write(
        (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
