package dev.assay.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps many streams open at once, directly from an upstream of its own and through a gateway, and
 * reports the delay of each event from the upstream's write to the client's read. Streams begin and
 * end at even distances, and whoever has read one to its end begins another.
 *
 * <p>Arguments: the gateway's port, the upstream's port (the gateway's OpenAI base URL must be
 * {@code http://127.0.0.1:PORT/v1}), streams, events per second and stream, seconds of a stream,
 * which are also the seconds that are measured.
 */
public final class StreamLoad {
  private static final String MARK = "\"content\":\"";

  private StreamLoad() {}

  /** Runs the load. */
  public static void main(String[] arguments) throws Exception {
    int gateway = Integer.parseInt(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    int streams = Integer.parseInt(arguments[2]);
    int perSecond = Integer.parseInt(arguments[3]);
    int seconds = Integer.parseInt(arguments[4]);
    try (StreamUpstream upstream = new StreamUpstream(port, perSecond * seconds, perSecond)) {
      run("direct (warm-up)", upstream.port(), streams, seconds);
      run("gateway (warm-up)", gateway, streams, seconds);
      Delays direct = run("direct", upstream.port(), streams, seconds);
      Delays through = run("gateway", gateway, streams, seconds);
      System.out.printf(
          Locale.ROOT,
          "added by the gateway: p50 %.3f ms  p99 %.3f ms%n",
          through.millis(0.5) - direct.millis(0.5),
          through.millis(0.99) - direct.millis(0.99));
    }
  }

  private static Delays run(String name, int port, int streams, int seconds) throws Exception {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger whole = new AtomicInteger();
    List<Delays> all = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    long length = seconds * 1_000_000_000L;
    // By then all streams are open.
    long from = System.nanoTime() + length;
    for (int i = 0; i < streams; i++) {
      Delays mine = new Delays();
      all.add(mine);
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                while (System.nanoTime() < from + length) {
                  begun.incrementAndGet();
                  stream(port, from, from + length, mine, whole);
                }
              }));
      LockSupport.parkNanos(length / streams);
    }
    Delays sum = new Delays();
    for (int i = 0; i < streams; i++) {
      threads.get(i).join();
      sum.addAll(all.get(i));
    }
    System.out.printf(
        "%-18s %d of %d streams whole  %s%n", name, whole.get(), begun.get(), sum.summary());
    return sum;
  }

  private static void stream(int port, long from, long until, Delays delays, AtomicInteger whole) {
    try (Socket socket = Http.connect(port)) {
      InputStream in = Http.input(socket);
      socket
          .getOutputStream()
          .write(
              Http.post(
                  port,
                  "{\"model\":\"openai/gpt-4o-mini\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"count\"}]}"));
      Http.head(in, true);
      for (@Nullable String line = Http.line(in); line != null; line = Http.line(in)) {
        long now = System.nanoTime();
        int at = line.indexOf(MARK);
        if (at >= 0 && line.charAt(at + MARK.length()) != '"') {
          int start = at + MARK.length();
          long sent = Long.parseLong(line.substring(start, line.indexOf('"', start)));
          if (sent >= from && sent < until) {
            delays.add(now - sent);
          }
        } else if (line.startsWith("data: [DONE]")) {
          whole.incrementAndGet();
          return;
        }
      }
    } catch (IOException e) {
      System.err.println("stream stopped: " + e.getMessage());
    }
  }
}
