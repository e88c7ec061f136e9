package dev.assay.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Cancellation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A client, servers that do what a script says, and a check that nothing is left of them. */
@Timeout(60)
abstract class ScriptedHttpTest {
  static final int LIMIT = 20 * 1024 * 1024;
  static final Duration LONG = Duration.ofMinutes(10);

  final ManualClock clock = new ManualClock();
  final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
  final Cancellation cancellation = new Cancellation();
  private final List<RawServer> servers = new ArrayList<>();
  HttpClient client;

  @BeforeEach
  void openClient() {
    client = HttpClient.open(HttpSettings.DEFAULT, clock);
  }

  /** Whatever a test did: when the client is closed, nothing of it is left. */
  @AfterEach
  void nothingIsLeft() throws Exception {
    client.close();
    for (RawServer server : servers) {
      server.awaitNoConnections();
      server.close();
    }
    tasks.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("http-watchdog"));
  }

  RawServer serve(RawServer.Script script) throws IOException {
    return closing(new RawServer(script));
  }

  /** Has the server checked and closed behind the test. */
  RawServer closing(RawServer server) {
    servers.add(server);
    return server;
  }

  static HttpRequest post(RawServer server) {
    return post(server, "{}");
  }

  static HttpRequest post(RawServer server, String body) {
    return HttpRequest.post(
        server.endpoint(),
        "/v1/chat/completions",
        Map.of("authorization", "Bearer key", "content-type", "application/json"),
        Bytes.utf8(body));
  }

  HttpResult send(HttpRequest request) {
    return send(request, HttpTimeouts.WHOLE);
  }

  HttpResult send(HttpRequest request, HttpTimeouts timeouts) {
    return client.send(request, timeouts, clock.now().plus(Duration.ofDays(1_000)), cancellation);
  }

  HttpResponse respond(HttpRequest request) {
    HttpResult result = send(request);
    assertThat(result).isInstanceOf(HttpResponse.class);
    return (HttpResponse) result;
  }

  String text(HttpRequest request) {
    return whole(respond(request));
  }

  static String whole(HttpResponse response) {
    BodyRead read = response.readAll(LIMIT);
    assertThat(read).isInstanceOf(BodyRead.Whole.class);
    return ((BodyRead.Whole) read).body().utf8();
  }

  HttpFailure fail(HttpRequest request) {
    HttpResult result = send(request);
    assertThat(result).isInstanceOf(HttpFailure.class);
    return (HttpFailure) result;
  }

  static HttpFailure broken(HttpResponse response) {
    BodyRead read = response.readAll(LIMIT);
    assertThat(read).isInstanceOf(BodyRead.Broken.class);
    return ((BodyRead.Broken) read).failure();
  }
}
