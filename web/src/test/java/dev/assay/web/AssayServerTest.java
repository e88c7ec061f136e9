package dev.assay.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.core.id.UuidV7;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Delta;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Signal;
import dev.assay.core.time.Task;
import dev.assay.core.time.Tasks;
import dev.assay.testkit.LiveThreads;
import dev.assay.testkit.MemoryRecorder;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AssayServerTest {
  private static final String BODY =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Tasks tasks = Tasks.virtualThreads();

  @Nested
  class Starting {
    private AssayServer start(String host, int port) throws IOException {
      MemoryRecorder recorder = new MemoryRecorder(tasks);
      WebServices services =
          new WebServices(
              new FakeModel(recorder),
              new FakeCatalog(),
              new FakeCalls(),
              recorder,
              Optional::empty,
              Secrets.NONE,
              Optional.empty(),
              Clock.system(),
              tasks,
              new UuidV7(Clock.system(), new Random(1)));
      return AssayServer.start(
          new WebSettings(
              host,
              port,
              Set.of(),
              WebSettings.Sizes.DEFAULT,
              WebSettings.Timeouts.DEFAULT,
              WebSettings.Attempts.DEFAULT),
          services);
    }

    @Test
    void isRefusedWhereOtherHostsCouldReachIt() {
      assertThatThrownBy(() -> start("0.0.0.0", 0))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("host: 0.0.0.0")
          .hasMessageContaining("keys");
    }

    @Test
    void saysThatThePortIsTaken() throws Exception {
      AssayServer first = start("127.0.0.1", 0);
      try {
        assertThatThrownBy(() -> start("127.0.0.1", first.port()))
            .isInstanceOf(IOException.class)
            .hasMessageContaining(String.valueOf(first.port()));
      } finally {
        first.stop(Duration.ZERO);
      }
    }
  }

  @Nested
  class Stopping {
    private final Signal asked = tasks.signal();
    private final Signal enough = tasks.signal();

    @Test
    void waitsForCallsThatRunAndLetsNoMoreIn() throws Exception {
      try (TestServer server = TestServer.start();
          RawClient running = server.connect();
          RawClient late = server.connect();
          RawClient watching = server.connect()) {
        server
            .model()
            .does((request, context, sink) -> {
              asked.fire();
              enough.await();
              return Outcomes.answer("hello");
            });
        assertThat(watching.ask(RawClient.get("/health/ready")).status()).isEqualTo(200);
        running.send(RawClient.chat(BODY, ""));
        asked.await();
        Task<Boolean> stopping = tasks.fork("stop", () -> stopped(server));
        RawResponse ready = watching.ask(RawClient.get("/health/ready"));
        while (ready.status() == 200) {
          ready = watching.ask(RawClient.get("/health/ready"));
        }
        assertThat(ready.body()).contains("stopping");

        RawResponse refused = late.ask(RawClient.chat(BODY, ""));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"shutting_down\"");
        assertThat(refused.header("connection")).contains("close");
        assertThat(refused.header("x-assay-call-id")).isPresent();

        enough.fire();
        assertThat(running.read().status()).isEqualTo(200);
        assertThat(stopping.await()).isTrue();
      }
    }

    private static boolean stopped(TestServer server) throws InterruptedException {
      server.server().stop(LONG);
      return true;
    }

    @Test
    void cancelsWhatStillRunsAfterTheGrace() throws Exception {
      try (TestServer server = TestServer.start();
          RawClient client = server.connect()) {
        server
            .model()
            .does((request, context, sink) -> {
              Signal cancelled = tasks.signal();
              context.cancellation().onCancel(reason -> cancelled.fire());
              sink.accept(Delta.text("one"));
              cancelled.await();
              return Outcomes.cancelled(context);
            });
        client.send(RawClient.chat(BODY.replace("\"m\",", "\"m\",\"stream\":true,"), ""));
        client.head();
        client.chunk();
        server.server().stop(Duration.ZERO);

        assertThat(client.chunk()).contains("\"code\":\"shutting_down\"");
        assertThat(client.closed()).isTrue();
        assertThat(server.model().contexts().getFirst().cancellation().reason())
            .contains(CancellationReason.SHUTDOWN);
      }
    }

    @Test
    void leavesNoThreadOfAConnectionBehind() throws Exception {
      TestServer server = TestServer.start();
      LiveThreads before = LiveThreads.now();
      try (RawClient client = server.connect();
          RawClient idle = server.connect()) {
        assertThat(client.ask(RawClient.chat(BODY, "")).status()).isEqualTo(200);
        assertThat(idle.ask(RawClient.get("/health/live")).status()).isEqualTo(200);
        server.close();
      }
      before.assertNoneLeft();
    }
  }
}
