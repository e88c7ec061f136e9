package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Principal;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.web.Outcomes;
import dev.assay.web.RawClient;
import dev.assay.web.RawResponse;
import dev.assay.web.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ChatDoorTest {
  private static final String BODY =
      "{\"model\":\"sim/small\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawResponse ask(String headers) throws IOException {
    try (RawClient client = server.connect()) {
      return client.ask(RawClient.chat(BODY, headers));
    }
  }

  @Nested
  class AnAnswer {
    @Test
    void ofAProviderGoesOutAsTheProvidersOwnBytes() throws IOException {
      String body = "{ \"id\" : \"x\",\n \"unknown\": [1] }";
      server
          .model()
          .does((request, context, sink) ->
              Outcomes.wire(
                  body,
                  Map.of(
                      "x-request-id", "req_1",
                      "x-ratelimit-remaining-requests", "9",
                      "openai-processing-ms", "12",
                      "set-cookie", "no")));

      RawResponse response = ask("");

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).isEqualTo(body);
      assertThat(response.header("content-type")).contains("application/json");
      assertThat(response.header("x-request-id")).contains("req_1");
      assertThat(response.header("x-ratelimit-remaining-requests")).contains("9");
      assertThat(response.header("openai-processing-ms")).contains("12");
      assertThat(response.header("set-cookie")).isEmpty();
    }

    @Test
    void ofAModelInProcessGoesOutAsACompletion() throws IOException {
      RawResponse response = ask("");

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body())
          .contains("\"object\":\"chat.completion\"")
          .contains("\"content\":\"hello\"")
          .contains("\"model\":\"sim/small\"")
          .contains("\"total_tokens\":15");
    }

    @Test
    void saysWhichCallItWasAndWhatItCost() throws IOException {
      RawResponse response = ask("");

      UUID id = UUID.fromString(response.header("x-assay-call-id").orElseThrow());
      assertThat(id.version()).isEqualTo(7);
      assertThat(server.recorder().find(id)).isPresent();
      assertThat(response.header("x-assay-cost-usd")).contains("0.00002775");
      assertThat(response.header("x-assay-attempts")).contains("1");
      assertThat(response.header("x-assay-simulated")).isEmpty();
    }

    @Test
    void saysThatAPartIsLeftOutThatOnlyAnotherFormatHas() throws IOException {
      server
          .model()
          .does((request, context, sink) -> {
            Answer said = Outcomes.wire("{}", Map.of());
            Exchange there = said.details().exchange().orElseThrow();
            Exchange exchange =
                new Exchange(WireFormat.GEMINI, 200, Map.of(), there.body(), false, List.of());
            Part image = new Part.Opaque(WireFormat.GEMINI, Bytes.utf8("{\"inlineData\":{}}"));
            Details details = said.details();
            return new Answer(
                List.of(image, new Part.Text("hi"), image),
                FinishReason.STOP,
                new Details(
                    details.kind(),
                    details.provider(),
                    details.model(),
                    details.usage(),
                    details.cost(),
                    details.attempts(),
                    details.timings(),
                    Optional.of(exchange),
                    List.of(),
                    false));
          });

      RawResponse response = ask("");

      assertThat(response.body()).contains("\"content\":\"hi\"").doesNotContain("inlineData");
      assertThat(response.header("x-assay-warning"))
          .contains("answer: a part that only Gemini has was left out");
    }

    @Test
    void isWithheldWhenItsRecordIsLost() throws IOException {
      server.recorder().become(Durability.LOST);

      RawResponse response = ask("");

      assertThat(response.status()).isEqualTo(503);
      assertThat(response.body())
          .contains("\"code\":\"ledger_unavailable\"")
          .doesNotContain("hello");
      assertThat(response.header("x-assay-call-id")).isEmpty();
      assertThat(response.header("x-should-retry")).contains("false");
      assertThat(server.server().counters().of(Unrecorded.LEDGER_UNAVAILABLE)).isEqualTo(1);
      assertThat(server.recorder().undelivered()).isEmpty();
    }

    @Test
    void waitsForItsReceipt() throws IOException {
      server.recorder().hold();
      try (RawClient client = server.connect()) {
        client.send(RawClient.chat(BODY, ""));
        while (server.recorder().calls().isEmpty()) {
          Thread.onSpinWait();
        }
        assertThat(client.available()).isZero();
        server.recorder().release();
        assertThat(client.read().status()).isEqualTo(200);
      }
    }

    @Test
    void isNotAskedForWhenTheLedgerCannotBeWritten() throws IOException {
      server.recorder().admit(false);

      RawResponse response = ask("");

      assertThat(response.status()).isEqualTo(503);
      assertThat(response.body()).contains("\"code\":\"ledger_unavailable\"");
      assertThat(response.header("x-assay-call-id")).isEmpty();
      assertThat(response.header("x-should-retry")).isEmpty();
      assertThat(server.model().asked()).isEmpty();
      assertThat(server.server().counters().of(Unrecorded.LEDGER_UNAVAILABLE)).isEqualTo(1);
    }
  }

  @Nested
  class AFailure {
    @Test
    void ofAProviderGoesOutInTheProvidersWords() throws IOException {
      String body = "{\"error\":{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}}";
      server
          .model()
          .does((request, context, sink) ->
              Outcomes.provider(ErrorCode.PROVIDER_REJECTED, 422, body));

      RawResponse response = ask("");

      assertThat(response.status()).isEqualTo(422);
      assertThat(response.body()).isEqualTo(body);
      assertThat(response.header("x-should-retry")).contains("false");
      assertThat(response.header("x-assay-call-id")).isPresent();
      assertThat(response.header("x-assay-attempts")).contains("1");
      assertThat(response.header("x-assay-cost-usd")).isEmpty();
    }

    @Test
    void withoutWordsGoesOutInTheApisShape() throws IOException {
      server
          .model()
          .does((request, context, sink) ->
              Outcomes.failure(
                  ErrorCode.RATE_LIMITED, new RetryDecision.After(Duration.ofMillis(1500))));

      RawResponse response = ask("");

      assertThat(response.status()).isEqualTo(429);
      assertThat(response.body())
          .isEqualTo(
              "{\"error\":{\"message\":\"It failed.\",\"type\":\"rate_limit_error\","
                  + "\"param\":null,\"code\":\"rate_limited\"}}");
      assertThat(response.header("retry-after")).contains("2");
      assertThat(response.header("x-should-retry")).contains("false");
    }

    @Test
    void thatCameInsideAStreamHasTheStatusOfItsCode() throws IOException {
      server
          .model()
          .does((request, context, sink) ->
              Outcomes.provider(ErrorCode.PROVIDER_ERROR, 200, "{\"error\":{\"message\":\"m\"}}"));

      assertThat(ask("").status()).isEqualTo(502);
    }

    @Test
    void ofTheProgramItselfSaysNothingOfItsCause() throws IOException {
      server
          .model()
          .does((request, context, sink) -> {
            throw new IllegalStateException("the private cause");
          });

      RawResponse response = ask("");

      assertThat(response.status()).isEqualTo(500);
      assertThat(response.body()).contains("\"code\":\"internal_error\"").doesNotContain("private");
    }

    @Test
    void thatIsAnErrorOfTheMachineIsAnsweredTooAndEndsTheConnection() throws IOException {
      server
          .model()
          .does((request, context, sink) -> {
            throw new StackOverflowError();
          });
      try (RawClient client = server.connect()) {
        assertThat(client.ask(RawClient.chat(BODY, "")).status()).isEqualTo(500);
        assertThat(client.closed()).isTrue();
      }
    }
  }

  @Nested
  class TheContext {
    private CallContext context() {
      return server.model().contexts().getLast();
    }

    @Test
    void namesTheLocalCallerWhateverKeyTheClientSends() throws IOException {
      ask("Authorization: Bearer sk-anything\r\n");

      assertThat(context().principal()).isEqualTo(Principal.LOCAL);
      assertThat(server.model().asked().getLast().wire().orElseThrow().headers()).isEmpty();
    }

    @Test
    void namesTheHostForTheTokenOfThisProcess() throws IOException {
      ask("Authorization: Bearer " + TestServer.TOKEN + "\r\n");

      assertThat(context().principal()).isEqualTo(new Principal("host"));
    }

    @Test
    void hasADeadlineAndTheBudgetOfTheSettings() throws IOException {
      ask("");

      assertThat(context().deadline()).isAfter(java.time.Instant.EPOCH);
      assertThat(context().attempts().left()).isEqualTo(6);
    }

    @Test
    void takesTheAttachmentFromHeaders() throws IOException {
      UUID parent = new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0001L);
      ask(
          "x-assay-group: g\r\nx-assay-run: r\r\nx-assay-step: round2/gpt#3\r\nx-assay-parent: "
              + parent
              + "\r\nX-Assay-Metadata: {\"ticket\":4711,\"urgent\":true,\"name\":\"\\u00e9\"}\r\n");

      assertThat(context().attachment())
          .isEqualTo(
              new CallContext.Attachment(
                  Optional.of(parent),
                  Optional.of("r"),
                  Optional.of("round2/gpt#3"),
                  Optional.of("g")));
      assertThat(context().metadata())
          .containsOnly(
              Map.entry("ticket", "4711"), Map.entry("urgent", "true"), Map.entry("name", "é"));
    }

    @Test
    void takesTheAttachmentFromTheBody() throws IOException {
      String body =
          BODY.replace(
              "{\"model\"", "{\"assay\":{\"run\":\"r\",\"metadata\":{\"a\":\"b\"}},\"model\"");
      try (RawClient client = server.connect()) {
        assertThat(client.ask(RawClient.chat(body, "x-assay-step: s\r\n")).status()).isEqualTo(200);
      }

      assertThat(context().attachment().runId()).contains("r");
      assertThat(context().attachment().step()).contains("s");
      assertThat(context().metadata()).containsOnly(Map.entry("a", "b"));
    }

    @Test
    void keepsTheClientsBytesAndWhatTravelsOn() throws IOException {
      try (RawClient client = server.connect()) {
        client.ask(
            RawClient.chat(BODY, "OpenAI-Beta: x=1\r\n")
                .replace("completions HTTP", "completions?api-version=1 HTTP"));
      }

      var wire = server.model().asked().getLast().wire().orElseThrow();
      assertThat(wire.body()).isEqualTo(Bytes.utf8(BODY));
      assertThat(wire.headers()).containsOnly(Map.entry("openai-beta", "x=1"));
      assertThat(wire.query()).contains("api-version=1");
    }
  }

  @Nested
  class AConnection {
    @Test
    void staysForTheNextRequestAlsoAfterErrors() throws IOException {
      try (RawClient client = server.connect()) {
        assertThat(client.ask(RawClient.chat("{", "")).status()).isEqualTo(400);
        assertThat(client.ask(RawClient.get("/nowhere")).status()).isEqualTo(404);
        assertThat(client.ask(RawClient.chat(BODY, "")).status()).isEqualTo(200);
        assertThat(client.ask(RawClient.get("/v1/models")).status()).isEqualTo(200);
      }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
      server
          .model()
          .does((request, context, sink) ->
              Outcomes.answer("about " + request.messages().getFirst().text()));
      try (RawClient client = server.connect()) {
        client.send(
            RawClient.chat(BODY.replace("hi", "one"), "")
                + RawClient.chat("{", "")
                + RawClient.chat(BODY.replace("hi", "two"), ""));

        assertThat(client.read().body()).contains("about one");
        assertThat(client.read().status()).isEqualTo(400);
        assertThat(client.read().body()).contains("about two");
      }
    }

    @Test
    void closesWhenTheClientWantsItClosed() throws IOException {
      try (RawClient client = server.connect()) {
        RawResponse response = client.ask(RawClient.chat(BODY, "Connection: close\r\n"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("connection")).contains("close");
        assertThat(client.closed()).isTrue();
      }
    }

    @Test
    void takesABodyInChunks() throws IOException {
      String half = BODY.substring(0, 20);
      String rest = BODY.substring(20);
      try (RawClient client = server.connect()) {
        client.send(
            "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json; charset=utf-8\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(half.length())
                + "\r\n"
                + half
                + "\r\n");
        client.send(Integer.toHexString(rest.length()) + "\r\n" + rest + "\r\n0\r\n\r\n");

        assertThat(client.read().status()).isEqualTo(200);
        assertThat(client.ask(RawClient.chat(BODY, "")).status()).isEqualTo(200);
      }
    }

    @Test
    void tellsAClientThatWaitsToGoOn() throws IOException {
      try (RawClient client = server.connect()) {
        String request = RawClient.chat(BODY, "Expect: 100-continue\r\n");
        int body = request.indexOf("\r\n\r\n") + 4;
        client.send(request.substring(0, body));
        assertThat(client.head().status()).isEqualTo(100);
        assertThat(client.ask(request.substring(body)).status()).isEqualTo(200);
      }
    }

    @Test
    void carriesABodyOfSeveralMegabytesUnchanged() throws IOException {
      String large = BODY.replace("hi", "x".repeat(5_000_000));
      try (RawClient client = server.connect()) {
        assertThat(client.ask(RawClient.chat(large, "")).status()).isEqualTo(200);
      }
      assertThat(server.model().asked().getLast().wire().orElseThrow().body())
          .isEqualTo(Bytes.utf8(large));
    }
  }
}
