package dev.assay.providers.anthropic;

import static dev.assay.providers.anthropic.AnthropicDialect.begin;
import static dev.assay.providers.anthropic.AnthropicDialect.delta;
import static dev.assay.providers.anthropic.AnthropicDialect.end;
import static dev.assay.providers.anthropic.AnthropicDialect.event;
import static dev.assay.providers.anthropic.AnthropicDialect.message;
import static dev.assay.providers.anthropic.AnthropicDialect.start;
import static dev.assay.providers.anthropic.AnthropicDialect.stop;
import static dev.assay.testkit.contract.ProviderRig.KEY;
import static dev.assay.testkit.contract.ProviderRig.STREAM;
import static dev.assay.testkit.contract.ProviderRig.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.Delta;
import dev.assay.core.model.Principal;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.CallStatus;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.Request;
import dev.assay.core.request.Role;
import dev.assay.core.request.Signature;
import dev.assay.core.request.Streaming;
import dev.assay.core.request.TokenCountRequest;
import dev.assay.core.request.WireFormat;
import dev.assay.core.secret.Secrets;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.providers.attempt.Account;
import dev.assay.testkit.contract.ProviderRig;
import dev.assay.testkit.upstream.Happening;
import dev.assay.testkit.upstream.Received;
import dev.assay.testkit.upstream.Reply;
import dev.assay.wire.anthropic.MessagesRequestReader;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.http.HttpTimeouts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AnthropicProviderTest {
  private static final AnthropicDialect DIALECT = AnthropicDialect.INSTANCE;
  private static final Reply OK = Reply.json(200, DIALECT.answer("Hi."));
  private static final String USAGE_NOW = ",\"usage\":{\"input_tokens\":7,\"output_tokens\":1}";
  private static final String USAGE_LAST = ",\"usage\":{\"output_tokens\":9}";

  private final ProviderRig rig = new ProviderRig(DIALECT);

  @AfterEach
  void close() {
    rig.close();
  }

  private AnthropicProvider adapter(String path, Map<String, String> headers) {
    Account account =
        new Account(
            "anthropic",
            URI.create(rig.upstream().uri() + path),
            Optional.of(KEY),
            headers,
            HttpTimeouts.STREAM,
            1_000_000,
            "assay.yaml",
            Set.of());
    return new AnthropicProvider(
        new AnthropicSettings(account, 500), rig.http(), Secrets.NONE, rig.clock(), rig.tasks());
  }

  private static ChatRequest read(String body, Map<String, String> headers, String query) {
    return ((RequestRead.Valid)
            MessagesRequestReader.read(
                Bytes.utf8(body), headers, Optional.of(query).filter(text -> !text.isEmpty())))
        .request();
  }

  private Outcome ask(Request request) {
    return rig.adapter()
        .answer(
            request,
            new CallContext(
                new UUID(0, 1),
                CallContext.Attachment.NONE,
                Principal.LOCAL,
                rig.clock().now().plus(Duration.ofDays(1)),
                new Cancellation(),
                new AttemptBudget(6, 4),
                Map.of()),
            Sink.discarding());
  }

  @Nested
  class Asking {
    @Test
    void postsToTheMessagesWithItsOwnKey() {
      rig.upstream().then(OK);
      rig.answer(WHOLE);
      Received request = rig.upstream().last();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.target()).isEqualTo("/v1/messages");
      assertThat(request.header("x-api-key")).contains(KEY);
      assertThat(request.header("authorization")).isEmpty();
      assertThat(request.header("anthropic-version")).contains("2023-06-01");
      assertThat(request.header("content-type")).contains("application/json");
      assertThat(request.headerNames()).doesNotHaveDuplicates();
    }

    @Test
    void sendsTheClientsOwnBytes() {
      rig.upstream().then(OK);
      String body =
          "{ \"model\":\"model-1\", \"max_tokens\":9, \"container\":{\"x\":[1.10]}, "
              + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"new\",\"y\":null}]}] }";
      rig.answer(read(body, Map.of(), ""));
      assertThat(rig.upstream().last().body().utf8()).isEqualTo(body);
    }

    @Test
    void changesNothingButModelStreamAndItsOwnMember() {
      rig.upstream().then(Reply.events(DIALECT.stream("Hi.")));
      ChatRequest came =
          read(
              "{\"model\":\"anthropic/model-1\",\"max_tokens\":9,\"assay\":{\"group\":\"g\"},"
                  + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}], \"top_k\" : 5}",
              Map.of(),
              "");
      rig.answer(came.withModel("model-1").withStreaming(Streaming.EVENTS));
      assertThat(rig.upstream().last().body().utf8())
          .isEqualTo(
              "{\"model\":\"model-1\",\"max_tokens\":9,"
                  + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}], \"top_k\" : 5,"
                  + "\"stream\":true}");
    }

    @Test
    void sendsVersionBetasAndQueryOfAClientOfTheSameFormatAndNoCredential() {
      rig.upstream().then(OK);
      Map<String, String> headers =
          Map.of(
              "anthropic-version", "2026-10-21",
              "anthropic-beta", "b-1,b-2",
              "x-api-key", "client-secret",
              "authorization", "Bearer client-secret");
      ChatRequest came =
          read(
              "{\"model\":\"m\",\"max_tokens\":9,"
                  + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
              headers,
              "beta=true");
      rig.ask(adapter("/v1/", Map.of("Anthropic-Beta", "own")), came, new Cancellation());
      Received request = rig.upstream().last();
      assertThat(request.target()).isEqualTo("/v1/messages?beta=true");
      assertThat(request.header("anthropic-version")).contains("2026-10-21");
      assertThat(request.header("anthropic-beta")).contains("own,b-1,b-2");
      assertThat(request.text()).doesNotContain("client-secret");
    }

    @Test
    void writesABodyForARequestOfAnotherFormat() {
      rig.upstream().then(OK);
      ChatRequest request =
          ChatRequest.of(
              "claude-sonnet-5",
              List.of(
                  Message.text(Role.SYSTEM, "Be brief."), Message.text(Role.USER, "What is it?")));
      rig.ask(adapter("", Map.of()), request, new Cancellation());
      assertThat(rig.upstream().last().body().utf8())
          .isEqualTo(
              "{\"model\":\"claude-sonnet-5\",\"max_tokens\":500,\"system\":\"Be brief.\","
                  + "\"messages\":[{\"role\":\"user\",\"content\":\"What is it?\"}]}");
    }

    @Test
    void warnsOfReasoningThatTheModelDoesNotDo() {
      rig.upstream().then(OK);
      Answer answer =
          rig.answer(
              ChatRequest.of("claude-3-5-haiku-20241022", "hi")
                  .withReasoning(new ReasoningSetting(Optional.of("high"), Optional.empty())));
      assertThat(answer.details().warnings())
          .containsExactly("reasoning: this model does not reason");
    }

    @Test
    void refusesWhatCannotBeSaid() {
      Failure embeddings =
          ProviderRig.failed(
              ask(new EmbeddingRequest("e", List.of("x"), Optional.empty(), Optional.empty())));
      assertThat(embeddings.code()).isEqualTo(ErrorCode.UNSUPPORTED_REQUEST);
      assertThat(embeddings.status()).isEqualTo(CallStatus.REFUSED);
      assertThat(rig.upstream().requests()).isZero();
    }
  }

  @Nested
  class Counting {
    private static final String BODY =
        "{\"model\":\"m\", \"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private static ChatRequest counted(String body) {
      return ((RequestRead.Valid)
              MessagesRequestReader.readCount(
                  Bytes.utf8(body), Map.of("anthropic-beta", "b"), Optional.empty()))
          .request();
    }

    @Test
    void asksForTheNumberOfTokensOfTheClientsOwnBytes() {
      rig.upstream().then(Reply.json(200, "{\"input_tokens\":14}").header("request-id", "req_9"));
      Answer answer = (Answer) ask(new TokenCountRequest(counted(BODY)));
      assertThat(answer.parts()).containsExactly(new Part.TokenCount(14));
      assertThat(answer.details().usage()).isEqualTo(Usage.NONE);
      assertThat(answer.details().attempts().getFirst().providerRequestId()).contains("req_9");
      Received request = rig.upstream().last();
      assertThat(request.target()).isEqualTo("/v1/messages/count_tokens");
      assertThat(request.header("anthropic-beta")).contains("b");
      assertThat(request.body().utf8()).isEqualTo(BODY);
    }

    @Test
    void saysOnlyWhatIsPutInForARequestOfAnotherFormat() {
      rig.upstream().then(Reply.json(200, "{\"input_tokens\":3}"));
      ask(new TokenCountRequest(ChatRequest.of("m", "hi")));
      assertThat(rig.upstream().last().body().utf8())
          .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    }

    @Test
    void failsWithoutANumber() {
      rig.upstream().then(Reply.json(200, "{\"input_tokens\":-1}"));
      Failure failure = ProviderRig.failed(ask(new TokenCountRequest(counted(BODY))));
      assertThat(failure.code()).isEqualTo(ErrorCode.MALFORMED_RESPONSE);
      assertThat(failure.message())
          .isEqualTo("The provider's answer tells no number of input tokens.");
    }
  }

  @Nested
  class Answering {
    @Test
    void givesHeadersBack() {
      rig.upstream()
          .then(
              OK.header("request-id", "req_1")
                  .header("anthropic-ratelimit-tokens-remaining", "7")
                  .header("set-cookie", "a=b"));
      Answer answer = rig.answer(WHOLE);
      assertThat(answer.details().model()).isEqualTo("model-1-0613");
      assertThat(answer.details().attempts().getFirst().providerRequestId()).contains("req_1");
      assertThat(answer.details().exchange().orElseThrow().headers())
          .containsOnlyKeys("request-id", "anthropic-ratelimit-tokens-remaining");
    }

    @Test
    void tellsEveryClassOfTokens() {
      rig.upstream()
          .then(
              Reply.json(
                  200,
                  message(
                      "{\"type\":\"text\",\"text\":\"x\"}",
                      "max_tokens",
                      ",\"usage\":{\"input_tokens\":11,\"cache_creation_input_tokens\":300,"
                          + "\"cache_read_input_tokens\":2000,\"cache_creation\":"
                          + "{\"ephemeral_5m_input_tokens\":100,\"ephemeral_1h_input_tokens\":200},"
                          + "\"output_tokens\":50,\"output_tokens_details\":"
                          + "{\"thinking_tokens\":20},\"service_tier\":\"standard\"}")));
      Answer answer = rig.answer(WHOLE);
      assertThat(answer.finish()).isEqualTo(FinishReason.LENGTH);
      assertThat(answer.details().usage())
          .isEqualTo(new Usage(11, 2000, 100, 200, 50, 20, Provenance.REPORTED));
    }

    @Test
    void saysWhyTheModelDeclined() {
      rig.upstream()
          .then(
              Reply.json(
                  200,
                  message(
                      "",
                      "refusal",
                      ",\"stop_details\":{\"type\":\"refusal\",\"category\":\"cyber\","
                          + "\"explanation\":\"Not this.\"}"
                          + USAGE_NOW)));
      Answer answer = rig.answer(WHOLE);
      assertThat(answer.finish()).isEqualTo(FinishReason.REFUSAL);
      assertThat(answer.parts()).containsExactly(new Part.Refusal("Not this."));
    }
  }

  @Nested
  class ReadingAStream {
    @Test
    void thinksAndCallsToolsAtOnce() {
      rig.upstream()
          .then(
              Reply.events(
                  start(USAGE_NOW),
                  begin(0, "\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\""),
                  delta(0, "\"type\":\"thinking_delta\",\"thinking\":\"Let me \""),
                  event("ping", ""),
                  delta(0, "\"type\":\"thinking_delta\",\"thinking\":\"see.\""),
                  delta(0, "\"type\":\"signature_delta\",\"signature\":\"c2ln\""),
                  stop(0),
                  begin(1, "\"type\":\"redacted_thinking\",\"data\":\"ZW5j\""),
                  stop(1),
                  begin(2, "\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"f\",\"input\":{}"),
                  delta(2, "\"type\":\"input_json_delta\",\"partial_json\":\"\""),
                  delta(2, "\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":\""),
                  delta(2, "\"type\":\"input_json_delta\",\"partial_json\":\"1}\""),
                  stop(2),
                  begin(3, "\"type\":\"tool_use\",\"id\":\"toolu_2\",\"name\":\"g\",\"input\":{}"),
                  stop(3),
                  end("tool_use", USAGE_LAST),
                  event("message_stop", "")));
      Answer answer = rig.answer(STREAM);
      assertThat(answer.parts())
          .containsExactly(
              new Part.Reasoning("Let me see.", signed(Signature.Kind.SIGNATURE, "c2ln")),
              new Part.Reasoning("", signed(Signature.Kind.ENCRYPTED, "ZW5j")),
              new Part.ToolCall("toolu_1", "f", "{\"a\":1}"),
              new Part.ToolCall("toolu_2", "g", "{}"));
      assertThat(answer.finish()).isEqualTo(FinishReason.TOOL_CALLS);
      assertThat(answer.details().usage()).isEqualTo(Usage.reported(7, 9));
      assertThat(rig.deltas().stream().flatMap(each -> each.content().stream()))
          .endsWith(
              new Delta.Content.ToolCall(1, Optional.of("toolu_2"), Optional.of("g"), ""),
              new Delta.Content.ToolCall(1, Optional.empty(), Optional.empty(), "{}"));
      assertThat(rig.raw()).contains("event: ping").doesNotContain("message_delta");
    }

    @Test
    void passesBlocksOnThatAreNotUnderstood() {
      rig.upstream()
          .then(
              Reply.events(
                  start(USAGE_NOW),
                  begin(0, "\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\""),
                  delta(0, "\"type\":\"input_json_delta\",\"partial_json\":\"{}\""),
                  stop(0),
                  begin(1, "\"type\":\"text\",\"text\":\"\""),
                  delta(1, "\"type\":\"citations_delta\",\"citation\":{\"x\":1}"),
                  delta(1, "\"type\":\"text_delta\",\"text\":\"found\""),
                  stop(1),
                  event("brand_new", "\"z\":1"),
                  end("pause_turn", USAGE_LAST),
                  event("message_stop", "")));
      Answer answer = rig.answer(STREAM);
      assertThat(answer.parts()).containsExactly(new Part.Text("found"));
      assertThat(answer.finish()).isEqualTo(FinishReason.OTHER);
      assertThat(rig.raw()).contains("server_tool_use", "citations_delta", "brand_new");
    }

    @Test
    void laterUsageWins() {
      rig.upstream()
          .then(
              Reply.events(
                  start(
                      ",\"usage\":{\"input_tokens\":7,\"cache_creation_input_tokens\":30,"
                          + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":10,"
                          + "\"ephemeral_1h_input_tokens\":20},\"output_tokens\":1}"),
                  begin(0, "\"type\":\"text\",\"text\":\"x\""),
                  stop(0),
                  end(
                      "end_turn",
                      ",\"usage\":{\"input_tokens\":8,\"cache_creation_input_tokens\":31,"
                          + "\"cache_read_input_tokens\":5,\"output_tokens\":9}"),
                  event("message_stop", "")));
      assertThat(rig.answer(STREAM).details().usage())
          .isEqualTo(new Usage(8, 5, 11, 20, 9, 0, Provenance.REPORTED));
    }

    @Test
    void aCutStreamIsAFailureWithWhatCame() {
      List<String> events = DIALECT.stream("Hel", "lo");
      rig.upstream().then(Reply.events(events).before(6, new Happening.Reset()));
      Failure failure = rig.failure(STREAM);
      assertThat(failure.code()).isEqualTo(ErrorCode.CONNECTION_LOST);
      assertThat(failure.partial()).containsExactly(new Part.Text("Hello"));
      assertThat(failure.details().usage())
          .isEqualTo(new Usage(10, 0, 0, 0, 1, 0, Provenance.ESTIMATED));
    }

    private static Optional<Signature> signed(Signature.Kind kind, String value) {
      return Optional.of(
          new Signature(WireFormat.ANTHROPIC_MESSAGES, kind, value, Optional.empty()));
    }
  }

  @Nested
  class Failing {
    private Failure failure(int status, String type, String words) {
      rig.upstream()
          .then(
              Reply.json(
                  status,
                  "{\"type\":\"error\",\"error\":{\"type\":\""
                      + type
                      + "\",\"message\":\""
                      + words
                      + "\"}}"));
      return rig.failure(WHOLE);
    }

    @Test
    void understandsWhatTheApiSays() {
      Failure overloaded = failure(529, "overloaded_error", "Overloaded");
      assertThat(overloaded.code()).isEqualTo(ErrorCode.PROVIDER_OVERLOADED);
      assertThat(overloaded.retry()).isInstanceOf(RetryDecision.After.class);
      assertThat(overloaded.provider().orElseThrow().json()).isTrue();
      assertThat(failure(429, "rate_limit_error", "Slow down").code())
          .isEqualTo(ErrorCode.RATE_LIMITED);
      assertThat(failure(401, "authentication_error", "invalid x-api-key").code())
          .isEqualTo(ErrorCode.PROVIDER_AUTHENTICATION);
      assertThat(failure(402, "billing_error", "No credit").code())
          .isEqualTo(ErrorCode.PROVIDER_QUOTA);
      assertThat(failure(400, "invalid_request_error", "max_tokens: too large").code())
          .isEqualTo(ErrorCode.PROVIDER_REJECTED);
      assertThat(failure(404, "not_found_error", "model: claude-nope").code())
          .isEqualTo(ErrorCode.PROVIDER_MODEL_NOT_FOUND);
    }

    @Test
    void understandsAnErrorInsideAStream() {
      rig.upstream()
          .then(
              Reply.events(
                  start(USAGE_NOW),
                  "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                      + "\"message\":\"Overloaded\"}}\n\n"));
      Failure failure = rig.failure(STREAM);
      assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_OVERLOADED);
      assertThat(rig.deltas()).isEmpty();
    }
  }

  @Test
  void settingsNameWhatIsWrong() {
    Account account = Account.of("a", AnthropicSettings.BASE_URL, Optional.empty(), "s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AnthropicSettings(account, 0))
        .withMessage("defaultMaxTokens: must be positive");
    assertThat(AnthropicSettings.of(account).defaultMaxTokens()).isEqualTo(16_384);
  }
}
