package dev.assay.web;

import dev.assay.core.id.UuidV7;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.testkit.MemoryRecorder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A running server over fakes. */
public final class TestServer implements AutoCloseable {
  public static final String TOKEN = "a-token-of-this-process";
  public static final String SECRET = "sk-known-to-this-process";

  private final Tasks tasks = Tasks.virtualThreads();
  private final MemoryRecorder recorder = new MemoryRecorder(tasks);
  private final FakeModel model = new FakeModel(recorder);
  private final FakeCalls calls = new FakeCalls();
  private volatile Optional<String> unready = Optional.empty();
  private final AssayServer server;

  private TestServer(WebSettings settings) throws IOException {
    Clock clock = Clock.system();
    WebServices services =
        new WebServices(
            model,
            new FakeCatalog(),
            calls,
            recorder,
            () -> unready,
            Secrets.of(List.of(SECRET)),
            Optional.of(TOKEN),
            clock,
            tasks,
            new UuidV7(clock, new Random(7)));
    server = AssayServer.start(settings, services);
  }

  /** A server with what holds unless told. */
  public static TestServer start() throws IOException {
    return start(WebSettings.Sizes.DEFAULT, WebSettings.Timeouts.DEFAULT);
  }

  /** A server with other limits. */
  public static TestServer start(WebSettings.Sizes sizes, WebSettings.Timeouts timeouts)
      throws IOException {
    return new TestServer(
        new WebSettings(
            "127.0.0.1", 0, Set.of("assay.test"), sizes, timeouts, WebSettings.Attempts.DEFAULT));
  }

  /** Timeouts of which each is long unless a test sets it. */
  public static WebSettings.Timeouts quick(
      Duration head, Duration body, Duration idle, Duration write, Duration heartbeat) {
    return new WebSettings.Timeouts(
        head, body, idle, write, heartbeat, Duration.ofMillis(20), Duration.ofMinutes(15));
  }

  /** The server. */
  public AssayServer server() {
    return server;
  }

  /** What answers. */
  public FakeModel model() {
    return model;
  }

  /** What records. */
  public MemoryRecorder recorder() {
    return recorder;
  }

  /** What was recorded before. */
  public FakeCalls calls() {
    return calls;
  }

  /** Is not ready from now on. */
  public void unready(String reason) {
    unready = Optional.of(reason);
  }

  /** A new connection. */
  public RawClient connect() throws IOException {
    return new RawClient(server.port());
  }

  @Override
  public void close() {
    try {
      server.stop(Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
