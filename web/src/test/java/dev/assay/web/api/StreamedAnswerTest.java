package dev.assay.web.api;

import static dev.assay.core.outcome.StreamEvent.Kind.DONE;
import static dev.assay.core.outcome.StreamEvent.Kind.FINISH;
import static dev.assay.core.outcome.StreamEvent.Kind.OTHER;
import static dev.assay.core.outcome.StreamEvent.Kind.PRELUDE;
import static dev.assay.core.outcome.StreamEvent.Kind.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.model.StreamHead;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.WireFormat;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.core.time.Signal;
import dev.assay.core.time.Task;
import dev.assay.core.time.Tasks;
import dev.assay.web.Outcomes;
import dev.assay.web.RawClient;
import dev.assay.web.RawResponse;
import dev.assay.web.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StreamedAnswerTest {
  private static final String PLAIN =
      "{\"model\":\"panel\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
  private static final String WITH_USAGE =
      PLAIN.replace("true,", "true,\"stream_options\":{\"include_usage\":true},");

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

  private static Delta raw(String data) {
    return new Delta(
        List.of(new Delta.Content.Text("understood")),
        Optional.of(new Delta.Raw(WireFormat.OPENAI_CHAT, Bytes.utf8("data: " + data + "\n\n"))));
  }

  private static Delta prelude(String data) {
    return new Delta(List.of(), raw(data).raw());
  }

  private RawResponse ask(String body) throws IOException {
    try (RawClient client = server.connect()) {
      return client.ask(RawClient.chat(body, ""));
    }
  }

  @Nested
  class OfAProvider {
    @BeforeEach
    void streams() {
      server
          .model()
          .does((request, context, sink) -> {
            sink.accept(prelude("{\"role\":1}"));
            sink.accept(raw("{ \"odd\" : 1 }"));
            sink.accept(raw("{2}"));
            return Outcomes.streamed(
                Outcomes.held(FINISH, "{finish}"),
                Outcomes.held(USAGE, "{usage}"),
                Outcomes.held(OTHER, "{other}"),
                Outcomes.held(DONE, "[DONE]"));
          });
    }

    @Test
    void passesEventsUnchangedAndDropsTheUsageThatNobodyAskedFor() throws IOException {
      RawResponse response = ask(PLAIN);

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body())
          .isEqualTo(
              """
              data: {"role":1}

              data: { "odd" : 1 }

              data: {2}

              data: {finish}

              data: {other}

              data: [DONE]

              """);
      assertThat(response.whole()).isTrue();
    }

    @Test
    void passesTheUsageToWhoeverAskedForIt() throws IOException {
      assertThat(ask(WITH_USAGE).body())
          .endsWith("data: {finish}\n\ndata: {usage}\n\ndata: {other}\n\ndata: [DONE]\n\n");
    }

    @Test
    void hasTheHeadOfAnEventStream() throws IOException {
      RawResponse response = ask(PLAIN);

      assertThat(response.header("content-type")).contains("text/event-stream; charset=utf-8");
      assertThat(response.header("cache-control")).contains("no-cache");
      assertThat(response.header("x-accel-buffering")).contains("no");
      UUID id = UUID.fromString(response.header("x-assay-call-id").orElseThrow());
      assertThat(server.recorder().find(id).map(CallRecord::started)).contains(true);
      assertThat(response.header("x-assay-simulated")).isEmpty();
    }

    @Test
    void givesBackWhatTheProviderSaidInHeaders() throws IOException {
      Map<String, String> headers =
          Map.of(
              "x-request-id", "r-1",
              "x-ratelimit-remaining-tokens", "7",
              "openai-processing-ms", "12",
              "retry-after", "5");
      server
          .model()
          .does((request, context, sink) -> {
            sink.begin(
                new StreamHead(Optional.of(WireFormat.OPENAI_CHAT), headers, false, List.of()));
            sink.accept(raw("{1}"));
            return Outcomes.streamed(Outcomes.held(DONE, "[DONE]"));
          });

      RawResponse response = ask(PLAIN);

      assertThat(response.header("x-request-id")).contains("r-1");
      assertThat(response.header("x-ratelimit-remaining-tokens")).contains("7");
      assertThat(response.header("openai-processing-ms")).contains("12");
      assertThat(response.header("retry-after")).isEmpty();
    }

    @Test
    void withoutContentGoesOutWhole() throws IOException {
      server
          .model()
          .does((request, context, sink) ->
              Outcomes.streamed(
                  Map.of("x-request-id", "r-2"),
                  Outcomes.held(PRELUDE, "{prelude}"),
                  Outcomes.held(FINISH, "{finish}"),
                  Outcomes.held(DONE, "[DONE]")));

      RawResponse response = ask(PLAIN);

      assertThat(response.body())
          .isEqualTo("data: {prelude}\n\ndata: {finish}\n\ndata: [DONE]\n\n");
      assertThat(response.header("x-assay-call-id")).isPresent();
      assertThat(response.header("x-request-id")).contains("r-2");
      assertThat(response.header("x-assay-cost-usd")).isPresent();
    }

    @Test
    void getsItsEndMarkWhenTheProviderSendsNone() throws IOException {
      server
          .model()
          .does((request, context, sink) -> {
            sink.accept(raw("{1}"));
            return Outcomes.streamed(
                Outcomes.held(FINISH, "{finish}"), Outcomes.held(USAGE, "{usage}"));
          });

      assertThat(ask(PLAIN).body()).isEqualTo("data: {1}\n\ndata: {finish}\n\ndata: [DONE]\n\n");
      assertThat(ask(WITH_USAGE).body()).endsWith("data: {usage}\n\ndata: [DONE]\n\n");
    }

    @Test
    void keepsTheTextThatComesWithTheFinishReason() throws IOException {
      String last = "{\"choices\":[{\"delta\":{\"content\":\"!\"},\"finish_reason\":\"stop\"}]}";
      server
          .model()
          .does((request, context, sink) -> {
            sink.accept(raw("{1}"));
            return Outcomes.streamed(Outcomes.held(FINISH, last), Outcomes.held(DONE, "[DONE]"));
          });

      assertThat(ask(PLAIN).body())
          .isEqualTo("data: {1}\n\ndata: " + last + "\n\ndata: [DONE]\n\n");
    }

    @Test
    void leavesTheConnectionForTheNextRequest() throws IOException {
      try (RawClient client = server.connect()) {
        assertThat(client.ask(RawClient.chat(PLAIN, "")).whole()).isTrue();
        assertThat(client.ask(RawClient.chat(PLAIN, "")).whole()).isTrue();
      }
    }
  }

  @Nested
  class OfAModelInProcess {
    @BeforeEach
    void streams() {
      server
          .model()
          .does((request, context, sink) -> {
            sink.begin(StreamHead.inProcess(true));
            sink.accept(Delta.text("one"));
            sink.accept(Delta.text("two"));
            return Outcomes.answer("onetwo");
          });
    }

    @Test
    void isWrittenAsChunks() throws IOException {
      RawResponse response = ask(PLAIN);

      List<String> events = response.body().lines().filter(line -> !line.isEmpty()).toList();
      assertThat(events).hasSize(5);
      assertThat(events.get(0)).contains("\"role\":\"assistant\"");
      assertThat(events.get(1)).contains("\"content\":\"one\"");
      assertThat(events.get(2)).contains("\"content\":\"two\"");
      assertThat(events.get(3)).contains("\"finish_reason\":\"stop\"");
      assertThat(events.get(4)).isEqualTo("data: [DONE]");
    }

    @Test
    void saysThatASimulatorAnswersWhateverItsNameIs() throws IOException {
      assertThat(ask(PLAIN).header("x-assay-simulated")).contains("true");
      server.model().does((request, context, sink) -> Outcomes.answer("real"));
      assertThat(ask(PLAIN.replace("panel", "sim/echo")).header("x-assay-simulated")).isEmpty();
    }

    @Test
    void hasAUsageChunkForWhoeverAskedForIt() throws IOException {
      assertThat(ask(WITH_USAGE).body()).contains("\"choices\":[],\"usage\":{\"prompt_tokens\":10");
    }

    @Test
    void withoutContentIsOpenedAndEnded() throws IOException {
      server.model().does((request, context, sink) -> Outcomes.answer(""));

      assertThat(ask(PLAIN).body())
          .contains("\"role\":\"assistant\"")
          .contains("\"finish_reason\":\"stop\"")
          .endsWith("data: [DONE]\n\n");
    }
  }

  @Nested
  class Content {
    @Test
    void leavesAtOnceAndTheEndOnlyWithTheReceipt() throws Exception {
      Signal more = tasks.signal();
      server
          .model()
          .does((request, context, sink) -> {
            sink.accept(raw("{1}"));
            more.await();
            sink.accept(raw("{2}"));
            server.recorder().hold();
            return Outcomes.streamed(
                Outcomes.held(FINISH, "{finish}"), Outcomes.held(DONE, "[DONE]"));
          });
      try (RawClient client = server.connect()) {
        client.send(RawClient.chat(PLAIN, ""));
        assertThat(client.head().status()).isEqualTo(200);
        assertThat(client.chunk()).isEqualTo("data: {1}\n\n");
        more.fire();
        assertThat(client.chunk()).isEqualTo("data: {2}\n\n");
        while (server.recorder().calls().isEmpty()) {
          Thread.onSpinWait();
        }
        assertThat(client.available()).isZero();
        server.recorder().release();
        assertThat(client.chunk()).isEqualTo("data: {finish}\n\ndata: [DONE]\n\n");
        assertThat(client.chunk()).isEmpty();
      }
    }
  }

  @Nested
  class AStreamThatFails {
    @Test
    void beforeItsFirstContentIsAnOrdinaryError() throws IOException {
      server
          .model()
          .does((request, context, sink) ->
              Outcomes.failure(ErrorCode.PROVIDER_OVERLOADED, RetryDecision.soon()));

      RawResponse response = ask(PLAIN);

      assertThat(response.status()).isEqualTo(503);
      assertThat(response.header("content-type")).contains("application/json");
      assertThat(response.body()).contains("\"code\":\"provider_overloaded\"");
      assertThat(response.header("x-assay-attempts")).contains("1");
    }

    @Test
    void afterwardsEndsWithAnErrorEventAndACutConnection() throws IOException {
      server
          .model()
          .does((request, context, sink) -> {
            sink.accept(raw("{1}"));
            return Outcomes.failure(ErrorCode.CONNECTION_LOST, RetryDecision.never());
          });

      RawResponse response = ask(PLAIN);

      assertThat(response.whole()).isFalse();
      assertThat(response.body())
          .startsWith("data: {1}\n\ndata: {\"error\":{\"message\":\"It failed.\"")
          .contains("\"code\":\"connection_lost\"")
          .endsWith("}\n\n")
          .doesNotContain("finish_reason")
          .doesNotContain("[DONE]");
      assertThat(server.recorder().undelivered()).isEmpty();
    }

    @Test
    void inTheProvidersWordsKeepsThemOnOneLine() throws IOException {
      server
          .model()
          .does((request, context, sink) -> {
            sink.accept(raw("{1}"));
            return Outcomes.provider(
                ErrorCode.PROVIDER_ERROR, 200, "{\n  \"error\": {\r\n\"message\": \"a\\nb\"}}");
          });

      assertThat(ask(PLAIN).body())
          .endsWith("data: {   \"error\": {  \"message\": \"a\\nb\"}}\n\n");
    }

    @Test
    void becauseItsRecordIsLostSaysSoAndNotTheEnd() throws IOException {
      server
          .model()
          .does((request, context, sink) -> {
            sink.accept(raw("{1}"));
            server.recorder().become(Durability.LOST);
            return Outcomes.streamed(
                Outcomes.held(FINISH, "{finish}"), Outcomes.held(DONE, "[DONE]"));
          });

      RawResponse response = ask(PLAIN);

      assertThat(response.whole()).isFalse();
      assertThat(response.body())
          .contains("\"code\":\"ledger_unavailable\"")
          .doesNotContain("finish");
      assertThat(server.server().counters().of(Unrecorded.LEDGER_UNAVAILABLE)).isEqualTo(1);
    }

    @Test
    void byADefectIsCutWithoutAnEnd() throws IOException {
      server
          .model()
          .does((request, context, sink) -> {
            sink.accept(raw("{1}"));
            throw new IllegalStateException("private");
          });

      RawResponse response = ask(PLAIN);

      assertThat(response.whole()).isFalse();
      assertThat(response.body()).isEqualTo("data: {1}\n\n");
    }
  }

  @Test
  void aHundredStreamsRunBesideEachOther() throws Exception {
    int streams = 100;
    Signal all = tasks.signal();
    server
        .model()
        .does((request, context, sink) -> {
          sink.accept(raw("{1}"));
          all.await();
          for (int i = 0; i < 20; i++) {
            sink.accept(raw("{more}"));
          }
          return Outcomes.streamed(
              Outcomes.held(FINISH, "{finish}"), Outcomes.held(DONE, "[DONE]"));
        });
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < streams; i++) {
        clients.add(server.connect().send(RawClient.chat(PLAIN, "")));
      }
      for (RawClient client : clients) {
        client.head();
        client.chunk();
      }
      all.fire();
      List<Task<RawClient>> reading = new ArrayList<>();
      for (RawClient client : clients) {
        reading.add(tasks.fork("reader", () -> drained(client)));
      }
      for (Task<RawClient> task : reading) {
        task.await();
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
    assertThat(server.recorder().calls()).hasSize(streams);
  }

  private static RawClient drained(RawClient client) throws IOException {
    String last = "";
    for (String chunk = client.chunk(); !chunk.isEmpty(); chunk = client.chunk()) {
      last = chunk;
    }
    assertThat(last).endsWith("data: [DONE]\n\n");
    return client;
  }
}
