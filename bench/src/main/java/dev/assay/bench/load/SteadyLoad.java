package dev.assay.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends chat requests at a steady rate and reports the latency from the moment at which each should
 * have been sent, so that a stall counts for everybody who had to wait for it.
 *
 * <p>Arguments: port, requests per second (0: as fast as one answer follows the other),
 * connections, seconds, and optionally the size of the prompt in bytes.
 */
public final class SteadyLoad {
  // This program is slow and busy itself until it is compiled, and would measure that.
  private static final double WARM_UP_SECONDS = 10;

  private SteadyLoad() {}

  /** Runs the load. */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    double rate = Double.parseDouble(arguments[1]);
    int connections = Integer.parseInt(arguments[2]);
    double seconds = Double.parseDouble(arguments[3]);
    int prompt = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 200;
    run(port, rate, connections, Math.min(WARM_UP_SECONDS, seconds), prompt);
    long started = System.nanoTime();
    Delays delays = run(port, rate, connections, seconds, prompt);
    double took = (System.nanoTime() - started) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "port %d  asked %.0f/s  answered %.0f/s  %s%n",
        port,
        rate,
        delays.size() / took,
        delays.summary());
  }

  private static Delays run(int port, double rate, int connections, double seconds, int prompt)
      throws Exception {
    List<Delays> all = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    long begin = System.nanoTime() + 50_000_000L;
    for (int i = 0; i < connections; i++) {
      Delays mine = new Delays();
      all.add(mine);
      double offset = i;
      threads.add(
          Thread.ofVirtual()
              .start(() -> client(port, rate, connections, offset, begin, seconds, prompt, mine)));
    }
    Delays sum = new Delays();
    for (int i = 0; i < connections; i++) {
      threads.get(i).join();
      sum.addAll(all.get(i));
    }
    return sum;
  }

  private static void client(
      int port,
      double rate,
      int connections,
      double offset,
      long begin,
      double seconds,
      int prompt,
      Delays delays) {
    long period = rate == 0 ? 0 : (long) (1e9 * connections / rate);
    long due = begin + (long) (period * offset / connections);
    long end = begin + (long) (seconds * 1e9);
    try (Socket socket = Http.connect(port)) {
      InputStream in = Http.input(socket);
      OutputStream out = socket.getOutputStream();
      byte[] request = Http.post(port, body(prompt, (int) offset));
      while (due < end) {
        for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
          LockSupport.parkNanos(due - now);
        }
        out.write(request);
        in.skipNBytes(Http.head(in, true));
        long now = System.nanoTime();
        delays.add(now - due);
        due = period == 0 ? now : due + period;
      }
    } catch (IOException e) {
      System.err.println("client stopped: " + e.getMessage());
    }
  }

  private static String body(int prompt, int salt) {
    return "{\"model\":\"openai/gpt-4o-mini\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\""
        + salt
        + " "
        + "words ".repeat(prompt / 6)
        + "\"}]}";
  }
}
