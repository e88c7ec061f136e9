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
 * Reads many streams at once, directly from an upstream of its own and through a gateway, and
 * reports the delay of each event from the upstream's write to the client's read.
 *
 * <p>Arguments: the gateway's port, the upstream's port (the gateway's OpenAI base URL must be
 * {@code http://127.0.0.1:PORT/v1}), streams, events per second and stream, seconds.
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
      run("direct (warm-up)", upstream.port(), streams);
      run("gateway (warm-up)", gateway, streams);
      Delays direct = run("direct", upstream.port(), streams);
      Delays through = run("gateway", gateway, streams);
      System.out.printf(
          Locale.ROOT,
          "added by the gateway: p50 %.3f ms  p99 %.3f ms%n",
          through.millis(0.5) - direct.millis(0.5),
          through.millis(0.99) - direct.millis(0.99));
    }
  }

  private static Delays run(String name, int port, int streams) throws Exception {
    AtomicInteger whole = new AtomicInteger();
    List<Delays> all = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      Delays mine = new Delays();
      all.add(mine);
      threads.add(Thread.ofVirtual().start(() -> client(port, mine, whole)));
      // Spread the beginnings, so that the events do not come in one burst.
      LockSupport.parkNanos(500_000);
    }
    Delays sum = new Delays();
    for (int i = 0; i < streams; i++) {
      threads.get(i).join();
      sum.addAll(all.get(i));
    }
    System.out.printf(
        "%-18s %d of %d streams whole  %s%n", name, whole.get(), streams, sum.summary());
    return sum;
  }

  private static void client(int port, Delays delays, AtomicInteger whole) {
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
          delays.add(now - Long.parseLong(line.substring(start, line.indexOf('"', start))));
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
