package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.Delta;
import dev.assay.web.Outcomes;
import dev.assay.web.RawClient;
import dev.assay.web.TestServer;
import dev.assay.web.WebSettings;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private static final int STREAMS = 500;
  private static final String STREAM =
      "{\"model\":\"sim/small\",\"stream\":true,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  // The connections are looked at all the time, so some look falls on a stream's first write.
  @Test
  void doesNotBeatInAStreamThatHasJustBegun() throws IOException {
    Duration minute = Duration.ofMinutes(1);
    WebSettings.Timeouts watchful =
        new WebSettings.Timeouts(
            minute, minute, minute, minute, minute, Duration.ofNanos(4_000), minute);
    try (TestServer server = TestServer.start(WebSettings.Sizes.DEFAULT, watchful);
        RawClient client = server.connect()) {
      server
          .model()
          .does((request, context, sink) -> {
            sink.accept(Delta.text("one"));
            return Outcomes.answer("one");
          });
      for (int stream = 0; stream < STREAMS; stream++) {
        assertThat(client.ask(RawClient.chat(STREAM, "")).body()).doesNotContain(": ping");
      }
    }
  }
}
