package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Delta;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.store.CallRecord;
import dev.assay.core.time.Signal;
import dev.assay.core.time.Tasks;
import dev.assay.testkit.MemoryRecorder.Undelivered;
import dev.assay.web.Outcomes;
import dev.assay.web.RawClient;
import dev.assay.web.TestServer;
import dev.assay.web.WebSettings;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClientLeavesTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String BODY =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
  private static final String STREAM = BODY.replace("\"m\",", "\"m\",\"stream\":true,");

  private final Tasks tasks = Tasks.virtualThreads();
  private final Signal asked = tasks.signal();
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        TestServer.start(
            WebSettings.Sizes.DEFAULT,
            TestServer.quick(LONG, LONG, LONG, Duration.ofMillis(200), Duration.ofMillis(40)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CancellationReason awaitCancelled(CallContext context) throws InterruptedException {
    Signal cancelled = tasks.signal();
    Cancellation cancellation = context.cancellation();
    Cancellation.Registration registration = cancellation.onCancel(reason -> cancelled.fire());
    assertThat(cancelled.await(Duration.ofSeconds(30))).isTrue();
    registration.close();
    return cancellation.reason().orElseThrow();
  }

  private CallRecord recorded() {
    while (server.recorder().calls().isEmpty()) {
      Thread.onSpinWait();
    }
    return server.recorder().calls().getFirst();
  }

  @Nested
  class BeforeTheAnswer {
    @Test
    void isNoticedWhileTheModelWorks() throws Exception {
      server
          .model()
          .does((request, context, sink) -> {
            asked.fire();
            awaitCancelled(context);
            return Outcomes.answer("too late");
          });
      try (RawClient client = server.connect()) {
        client.send(RawClient.chat(BODY, ""));
        asked.await();
      }

      CallRecord record = recorded();
      assertThat(record.context().cancellation().reason()).contains(CancellationReason.CLIENT_GONE);
      assertThat(record.delivered()).isEqualTo(Delivered.NO);
    }

    @Test
    void ofAStreamIsNoticedToo() throws Exception {
      server
          .model()
          .does((request, context, sink) -> {
            asked.fire();
            awaitCancelled(context);
            return Outcomes.cancelled(context);
          });
      try (RawClient client = server.connect()) {
        client.send(RawClient.chat(STREAM, ""));
        asked.await();
      }

      assertThat(recorded().delivered()).isEqualTo(Delivered.NO);
    }

    @Test
    void whileTheRecordIsMadeIsTheRecordersNews() throws Exception {
      server.recorder().hold();
      try (RawClient client = server.connect()) {
        client.send(RawClient.chat(BODY, ""));
        recorded();
      }
      assertThat(awaitCancelled(server.model().contexts().getFirst()))
          .isEqualTo(CancellationReason.CLIENT_GONE);
      server.recorder().release();

      while (server.recorder().undelivered().isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(server.recorder().undelivered())
          .containsExactly(new Undelivered(recorded().context().callId(), Delivered.NO));
      assertThat(recorded().delivered()).isEqualTo(Delivered.YES);
    }
  }

  @Nested
  class InTheMiddleOfAStream {
    @Test
    void isNoticedByReadingAndLaterContentIsThrownAway() throws Exception {
      server
          .model()
          .does((request, context, sink) -> {
            sink.accept(Delta.text("one"));
            asked.fire();
            awaitCancelled(context);
            for (int i = 0; i < 1000; i++) {
              sink.accept(Delta.text("more"));
            }
            return Outcomes.answer("one");
          });
      try (RawClient client = server.connect()) {
        client.send(RawClient.chat(STREAM, ""));
        client.head();
        client.chunk();
        asked.await();
      }

      assertThat(recorded().delivered()).isEqualTo(Delivered.PARTIAL);
    }

    @Test
    void isNoticedByAFailedWrite() throws Exception {
      server
          .model()
          .does((request, context, sink) -> {
            while (!context.cancellation().cancelled()) {
              sink.accept(Delta.text("x".repeat(1000)));
            }
            return Outcomes.answer("x");
          });
      try (RawClient client = server.connect()) {
        client.send(RawClient.chat(STREAM, ""));
        client.head();
        client.chunk();
        client.vanish();
      }

      assertThat(recorded().context().cancellation().reason())
          .contains(CancellationReason.CLIENT_GONE);
    }

    @Test
    void byNotReadingAnyMoreIsAnEndToo() throws Exception {
      server
          .model()
          .does((request, context, sink) -> {
            while (!context.cancellation().cancelled()) {
              sink.accept(Delta.text("x".repeat(100_000)));
            }
            return Outcomes.answer("x");
          });
      try (RawClient client = server.connect()) {
        client.send(RawClient.chat(STREAM, ""));
        client.head();

        assertThat(recorded().delivered()).isEqualTo(Delivered.PARTIAL);
      }
    }
  }

  @Nested
  class WhoStays {
    private final Signal enough = tasks.signal();

    @BeforeEach
    void streamsSlowly() {
      server
          .model()
          .does((request, context, sink) -> {
            sink.accept(Delta.text("one"));
            enough.await();
            return Outcomes.answer("one");
          });
    }

    @Test
    void hearsCommentsWhileAStreamIsSilent() throws Exception {
      try (RawClient client = server.connect()) {
        client.send(RawClient.chat(STREAM, ""));
        client.head();
        client.chunk();
        assertThat(client.chunk()).isEqualTo(": ping\n\n");
        assertThat(client.chunk()).isEqualTo(": ping\n\n");
        enough.fire();
        assertThat(rest(client)).endsWith("data: [DONE]\n\n");
      }
    }

    @Test
    void isServedOnTheSameConnectionAlsoWhenTheNextRequestCameEarly() throws Exception {
      try (RawClient client = server.connect()) {
        client.send(RawClient.chat(STREAM, ""));
        client.head();
        client.chunk();
        // Comments come later than the reading ahead, which takes this request from the socket.
        assertThat(client.chunk()).isEqualTo(": ping\n\n");
        client.send(RawClient.chat(BODY, ""));
        assertThat(client.chunk()).isEqualTo(": ping\n\n");
        enough.fire();
        rest(client);
        assertThat(client.read().status()).isEqualTo(200);
        assertThat(client.ask(RawClient.chat(BODY, "")).status()).isEqualTo(200);
      }
    }

    private static String rest(RawClient client) throws IOException {
      StringBuilder rest = new StringBuilder();
      for (String chunk = client.chunk(); !chunk.isEmpty(); chunk = client.chunk()) {
        rest.append(chunk);
      }
      return rest.toString();
    }
  }
}
