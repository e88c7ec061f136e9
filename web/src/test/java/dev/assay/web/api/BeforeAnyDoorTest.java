package dev.assay.web.api;

import static dev.assay.web.api.ApiErrors.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.time.Task;
import dev.assay.core.time.Tasks;
import dev.assay.web.RawClient;
import dev.assay.web.RawResponse;
import dev.assay.web.TestServer;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are refused before it is known whom they are for. */
class BeforeAnyDoorTest {
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
  private static final String GOOD = "{\"model\":\"m\"," + MESSAGES + "}";
  private static final int LARGEST_HEAD = 16 << 10;

  private final Tasks tasks = Tasks.virtualThreads();
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aBrokenRequestIsAnsweredWithoutRepeatingItAndCounted() throws IOException {
    String[] all =
        new String[] {
          "BROKEN-secret\r\n\r\n",
          "GET /secret HTTP/7\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: localhost\r\nsecret\r\n\r\n",
          RawClient.chat(GOOD, "Transfer-Encoding: chunked\r\n"),
          RawClient.chat(GOOD, "Content-Length: 9\r\n"),
          RawClient.chat(GOOD, "").replace("Content-Length: ", "Content-Length: -")
        };
    for (String broken : all) {
      try (RawClient client = server.connect()) {
        RawResponse response = client.ask(broken);
        assertThat(response.status()).isEqualTo(400);
        assertThat(error(response).code()).contains("invalid_request");
        assertThat(response.body()).doesNotContain("secret");
      }
    }
    assertThat(server.recorder().calls()).isEmpty();
    assertThat(server.server().counters().of(Unrecorded.MALFORMED)).isEqualTo(all.length);
    try (RawClient client = server.connect()) {
      assertThat(client.ask(RawClient.get("/health/ready")).body())
          .contains("\"malformed\":" + all.length);
    }
  }

  @Test
  void aRequestLineThatIsTooLongSaysSo() throws IOException {
    try (RawClient client = server.connect()) {
      RawResponse response = client.ask(RawClient.get("/" + "secret".repeat(1000)));
      assertThat(response.status()).isEqualTo(414);
      assertThat(error(response).code()).contains("request_too_large");
      assertThat(response.body()).contains("request line").doesNotContain("secret");
    }
  }

  static Stream<String> largeHeads() {
    return Stream.of(
        "x: " + "secret".repeat(50_000) + "\r\n",
        "x: " + "s".repeat(LARGEST_HEAD) + "\r\n",
        "x: secret\r\n".repeat(LARGEST_HEAD / 11),
        "x: secret\r\n".repeat(100_000));
  }

  @ParameterizedTest
  @MethodSource("largeHeads")
  void headersThatAreTooLargeAreAnsweredInTheApisShape(String lines) throws IOException {
    try (RawClient client = server.connect()) {
      Task<RawClient> sending =
          tasks.fork("sender", () -> client.send(RawClient.chat(GOOD, lines)));
      RawResponse response = client.read();
      assertThat(response.status()).isEqualTo(431);
      assertThat(error(response).code()).contains("request_too_large");
      assertThat(error(response).type()).contains("invalid_request_error");
      assertThat(response.body()).contains("assay").doesNotContain("secret");
      assertThat(response.header("connection")).contains("close");
      sending.await();
      assertThat(client.closed()).isTrue();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(server.recorder().calls()).isEmpty();
    assertThat(server.server().counters().of(Unrecorded.MALFORMED)).isEqualTo(1);
  }

  @Test
  void headersThatJustFitArePassedOnEveryRequestOfAConnection() throws IOException {
    String empty = RawClient.chat(GOOD, "x: \r\n");
    int head = empty.indexOf("\r\n\r\n") + 4;
    String largest = RawClient.chat(GOOD, "x: " + "s".repeat(LARGEST_HEAD - head) + "\r\n");
    try (RawClient client = server.connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.ask(largest).status()).isEqualTo(200);
        assertThat(client.ask(RawClient.get("/health/live")).status()).isEqualTo(200);
      }
      assertThat(client.ask(largest.replace("x: ", "x: s")).status()).isEqualTo(431);
    }
  }

  @Test
  void anOldVersionIsNotSpoken() throws IOException {
    try (RawClient client = server.connect()) {
      RawResponse response = client.ask("GET / HTTP/1.0\r\n\r\n");
      assertThat(response.status()).isEqualTo(505);
      assertThat(response.body()).contains("HTTP/1.1");
    }
  }
}
