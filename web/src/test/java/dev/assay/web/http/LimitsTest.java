package dev.assay.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.Delta;
import dev.assay.core.time.Signal;
import dev.assay.core.time.Task;
import dev.assay.core.time.Tasks;
import dev.assay.web.Outcomes;
import dev.assay.web.RawClient;
import dev.assay.web.RawResponse;
import dev.assay.web.TestServer;
import dev.assay.web.WebSettings.Sizes;
import dev.assay.web.WebSettings.Timeouts;
import dev.assay.web.api.Unrecorded;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final String BODY =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  private final Tasks tasks = Tasks.virtualThreads();

  private static TestServer server(Duration head, Duration body, Duration idle) throws IOException {
    Timeouts timeouts = TestServer.quick(head, body, idle, LONG, LONG);
    return TestServer.start(Sizes.DEFAULT, timeouts);
  }

  @Nested
  class AConnectionIsClosed {
    @Test
    void whenItsHeadersDoNotEnd() throws IOException {
      try (TestServer server = server(SHORT, LONG, LONG);
          RawClient client = server.connect()) {
        client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: local");
        assertThat(client.closed()).isTrue();
        assertThat(server.server().counters().of(Unrecorded.TIMED_OUT)).isEqualTo(1);
      }
    }

    @Test
    void whenItsBodyDoesNotEnd() throws IOException {
      try (TestServer server = server(LONG, SHORT, LONG);
          RawClient client = server.connect()) {
        String request = RawClient.chat(BODY, "");
        client.send(request.substring(0, request.length() - 1));
        assertThat(client.closed()).isTrue();
        assertThat(server.recorder().calls()).isEmpty();
        assertThat(server.server().counters().of(Unrecorded.TIMED_OUT)).isEqualTo(1);
      }
    }

    @Test
    void whenNoRequestComes() throws IOException {
      try (TestServer server = server(LONG, LONG, SHORT);
          RawClient client = server.connect()) {
        assertThat(client.ask(RawClient.get("/health/live")).status()).isEqualTo(200);
        assertThat(client.closed()).isTrue();
        assertThat(server.server().counters().of(Unrecorded.TIMED_OUT)).isZero();
      }
    }

    @Test
    void quietlyWhenTheClientStopsInTheMiddle() throws IOException {
      try (TestServer server = server(LONG, LONG, LONG)) {
        try (RawClient client = server.connect()) {
          client.send("POST /v1/chat/com");
        }
        try (RawClient client = server.connect()) {
          client.send(RawClient.chat(BODY, "").replace("Content-Length: ", "Content-Length: 9"));
        }
        try (RawClient client = server.connect()) {
          assertThat(client.ask(RawClient.chat(BODY, "")).status()).isEqualTo(200);
        }
        assertThat(server.recorder().calls()).hasSize(1);
      }
    }
  }

  @Nested
  class BodiesInFlight {
    private static final Sizes SMALL = new Sizes(10_000, 15_000, 16 << 10);
    private final String large = BODY.replace("hi", "x".repeat(9_000));

    @Test
    void beyondTheBudgetAreTurnedAwayUntilOthersEnd() throws Exception {
      Signal asked = tasks.signal();
      Signal enough = tasks.signal();
      try (TestServer server = TestServer.start(SMALL, Timeouts.DEFAULT);
          RawClient first = server.connect();
          RawClient second = server.connect()) {
        server
            .model()
            .does((request, context, sink) -> {
              asked.fire();
              enough.await();
              return Outcomes.answer("hello");
            });
        first.send(RawClient.chat(large, ""));
        asked.await();

        RawResponse refused = second.ask(RawClient.chat(large, ""));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"overloaded\"");
        assertThat(refused.header("retry-after")).contains("1");
        assertThat(refused.header("x-should-retry")).isEmpty();
        assertThat(refused.header("x-assay-call-id")).isPresent();

        enough.fire();
        assertThat(first.read().status()).isEqualTo(200);
        for (int i = 0; i < 10; i++) {
          assertThat(first.ask(RawClient.chat(large, "")).status()).isEqualTo(200);
        }
      }
    }

    @Test
    void leaveRoomForWhatStreamsHaveBroughtUntilTheyEnd() throws Exception {
      Signal brought = tasks.signal();
      Signal enough = tasks.signal();
      try (TestServer server = TestServer.start(SMALL, Timeouts.DEFAULT);
          RawClient stream = server.connect();
          RawClient other = server.connect()) {
        server
            .model()
            .does((request, context, sink) -> {
              if (request.streaming().events()) {
                sink.accept(Delta.text("y".repeat(9_000)));
                brought.fire();
                enough.await();
              }
              return Outcomes.answer("hello");
            });
        stream.send(RawClient.chat(BODY.replace("{\"model\"", "{\"stream\":true,\"model\""), ""));
        brought.await();

        assertThat(other.ask(RawClient.chat(large, "")).status()).isEqualTo(503);

        enough.fire();
        assertThat(stream.read().whole()).isTrue();
        assertThat(stream.ask(RawClient.chat(large, "")).status()).isEqualTo(200);
      }
    }

    @Test
    void countWhatArrivesAndNotWhatIsPromised() throws IOException {
      try (TestServer server = TestServer.start(SMALL, Timeouts.DEFAULT);
          RawClient promising = server.connect();
          RawClient other = server.connect()) {
        promising.send(
            RawClient.chat(large, "").substring(0, RawClient.chat(large, "").indexOf("xxx")));
        for (int i = 0; i < 10; i++) {
          assertThat(other.ask(RawClient.chat(large, "")).status()).isEqualTo(200);
        }
      }
    }
  }

  @Nested
  class AClientThatSendsOnAfterARefusal {
    @Test
    void stillGetsItsAnswer() throws Exception {
      try (TestServer server = server(LONG, LONG, LONG);
          RawClient client = server.connect()) {
        int length = 25 << 20;
        client.send(
            RawClient.chat("", "").replace("Content-Length: 0", "Content-Length: " + length));
        Task<RawClient> sending = tasks.fork("sender", () -> client.send(new byte[length]));
        assertThat(client.read().status()).isEqualTo(413);
        sending.await();
        assertThat(client.closed()).isTrue();
      }
    }
  }
}
