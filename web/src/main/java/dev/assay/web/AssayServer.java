package dev.assay.web;

import dev.assay.core.model.CancellationReason;
import dev.assay.web.api.CallContexts;
import dev.assay.web.api.CallServices;
import dev.assay.web.api.CallsDoor;
import dev.assay.web.api.ChatDoor;
import dev.assay.web.api.DoorCounters;
import dev.assay.web.api.Doors;
import dev.assay.web.api.EmbeddingsDoor;
import dev.assay.web.api.Errors;
import dev.assay.web.api.HealthDoor;
import dev.assay.web.api.ModelsDoor;
import dev.assay.web.api.ResponsesDoor;
import dev.assay.web.api.StatsDoor;
import dev.assay.web.api.TokenCountDoor;
import dev.assay.web.api.Unrecorded;
import dev.assay.web.http.ByteBudget;
import dev.assay.web.http.Connections;
import dev.assay.web.http.Door;
import dev.assay.web.http.DoorRouting;
import dev.assay.web.http.EarlyErrors;
import dev.assay.web.http.HttpExchange;
import dev.assay.web.http.InFlight;
import dev.assay.web.http.Limits;
import dev.assay.web.http.LoopbackGate;
import dev.assay.wire.anthropic.MessagesDoorFormat;
import dev.assay.wire.openai.ChatDoorFormat;
import io.helidon.http.HttpLogConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The running HTTP server. Thread-safe. */
public final class AssayServer {
  // Cancelled calls end at once; what remains is writing their last words.
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  // Connections are looked after by their own patrol, which also sees bodies and writes.
  private static final Duration NEVER = Duration.ofDays(365);
  private static final int INTERNAL = 500;

  private final WebServer server;
  private final Connections connections;
  private final InFlight inFlight;
  private final DoorCounters counters;

  private AssayServer(
      WebServer server, Connections connections, InFlight inFlight, DoorCounters counters) {
    this.server = server;
    this.connections = connections;
    this.inFlight = inFlight;
    this.counters = counters;
  }

  /**
   * Starts a server and returns when it listens.
   *
   * @throws IOException when the address cannot be listened on; the message says why
   */
  public static AssayServer start(WebSettings settings, WebServices services) throws IOException {
    InetAddress address = InetAddress.getByName(settings.host());
    if (!address.isLoopbackAddress()) {
      throw new IOException(
          "host: "
              + settings.host()
              + " can be reached from other hosts, which needs keys, and this version has none;"
              + " use 127.0.0.1");
    }
    checkFree(address, settings.port());
    DoorCounters counters = new DoorCounters();
    InFlight inFlight = new InFlight(services.tasks());
    Doors doors = doors(settings, services, inFlight, counters);
    Connections connections =
        new Connections(
            http1(),
            DoorRouting.router(doors, exchange -> defect(counters, exchange)),
            limits(settings),
            services.clock(),
            services.tasks(),
            () -> counters.count(Unrecorded.TIMED_OUT));
    WebServer server =
        WebServer.builder()
            .address(address)
            .port(settings.port())
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .protocolsDiscoverServices(false)
            .addConnectionSelector(connections)
            .connectionOptions(options -> options.tcpNoDelay(true))
            .directHandlers(
                EarlyErrors.handlers((status, message) -> early(counters, status, message)))
            .writeBufferSize(0)
            .idleConnectionTimeout(NEVER)
            .idleConnectionPeriod(NEVER)
            .build();
    server.start();
    if (!server.isRunning()) {
      throw taken(settings.port(), null);
    }
    connections.patrol();
    return new AssayServer(server, connections, inFlight, counters);
  }

  private static byte[] early(DoorCounters counters, int status, String message) {
    counters.count(status == INTERNAL ? Unrecorded.INTERNAL_ERROR : Unrecorded.MALFORMED);
    return Errors.early(status, message);
  }

  private static void defect(DoorCounters counters, HttpExchange exchange) {
    counters.count(Unrecorded.INTERNAL_ERROR);
    Errors.internal(exchange);
  }

  // The server itself only logs that it could not listen.
  private static void checkFree(InetAddress address, int port) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw taken(port, e);
    }
  }

  private static IOException taken(int port, @Nullable Throwable cause) {
    return new IOException(
        "port: " + port + " cannot be listened on; another process may use it", cause);
  }

  private static Doors doors(
      WebSettings settings, WebServices services, InFlight inFlight, DoorCounters counters) {
    WebSettings.Attempts attempts = settings.attempts();
    CallContexts contexts =
        new CallContexts(
            services.clock(),
            services.ids(),
            settings.timeouts().call(),
            attempts.total(),
            attempts.perModel(),
            services.token());
    CallServices calls =
        new CallServices(
            services.model(),
            services.recorder(),
            contexts,
            services.secrets(),
            counters,
            new ByteBudget(settings.sizes().bodies()),
            inFlight);
    Map<String, Door> posted =
        Map.of(
            "/v1/chat/completions", new ChatDoor(calls, ChatDoorFormat.FORMAT),
            "/v1/responses", ChatDoor.ofResponses(calls, services.calls()),
            "/v1/messages", new ChatDoor(calls, MessagesDoorFormat.FORMAT),
            "/v1/messages/count_tokens", new TokenCountDoor(calls),
            "/v1/embeddings", new EmbeddingsDoor(calls));
    return new Doors(
        new LoopbackGate(settings.hostNames()),
        counters,
        posted,
        new ModelsDoor(services.catalog()),
        new CallsDoor(services.calls()),
        new ResponsesDoor(services.calls(), contexts),
        new StatsDoor(services.calls(), services.clock()),
        new HealthDoor(services.recorder(), inFlight, services.unready(), counters));
  }

  private static Http1Config http1() {
    return Http1Config.builder()
        // The connection itself sees to it, because it can say what was wrong.
        .maxHeadersSize(Integer.MAX_VALUE)
        .sendKeepAliveHeader(false)
        // The doors check the headers that they use, and answer in the API's own words.
        .validateRequestHeaders(false)
        .validatePath(false)
        // Headers carry keys.
        .log(HttpLogConfig.builder().sendLog(false).receiveLog(false).build())
        .build();
  }

  private static Limits limits(WebSettings settings) {
    WebSettings.Timeouts timeouts = settings.timeouts();
    return new Limits(
        settings.sizes().head(),
        settings.sizes().body(),
        timeouts.head().toNanos(),
        timeouts.body().toNanos(),
        timeouts.idle().toNanos(),
        timeouts.write().toNanos(),
        timeouts.heartbeat().toNanos(),
        timeouts.watch().toNanos());
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** What was refused without a record. */
  public DoorCounters counters() {
    return counters;
  }

  /**
   * Stops: lets no more calls in, waits for those that run, then cancels the rest, and closes all
   * connections. Returns when nothing runs any more.
   *
   * @param grace how long running calls may go on
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public void stop(Duration grace) throws InterruptedException {
    inFlight.close();
    if (!inFlight.awaitQuiet(grace)) {
      connections.cancelCalls(CancellationReason.SHUTDOWN);
      inFlight.awaitQuiet(LAST_WORDS);
    }
    connections.close();
    server.stop();
  }
}
