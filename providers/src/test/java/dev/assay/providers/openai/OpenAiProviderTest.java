package dev.assay.providers.openai;

import static dev.assay.testkit.contract.ProviderRig.KEY;
import static dev.assay.testkit.contract.ProviderRig.STREAM;
import static dev.assay.testkit.contract.ProviderRig.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.Delta;
import dev.assay.core.model.Provider;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Streaming;
import dev.assay.core.request.Tools;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.core.secret.Secrets;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.providers.attempt.Account;
import dev.assay.testkit.contract.ProviderRig;
import dev.assay.testkit.upstream.Happening;
import dev.assay.testkit.upstream.Received;
import dev.assay.testkit.upstream.Reply;
import dev.assay.wire.http.HttpTimeouts;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OpenAiProviderTest {
  private static final OpenAiDialect DIALECT = OpenAiDialect.INSTANCE;
  private static final Reply OK = Reply.json(200, DIALECT.answer("Hi."));

  private final ProviderRig rig = new ProviderRig(DIALECT);

  @AfterEach
  void close() {
    rig.close();
  }

  private OpenAiProvider adapter(Account settings) {
    return new OpenAiProvider(settings, rig.http(), Secrets.NONE, rig.clock(), rig.tasks());
  }

  @Nested
  class Asking {
    @Test
    void postsToTheCompletionsWithItsOwnKey() {
      rig.upstream().then(OK);
      rig.answer(WHOLE);
      Received request = rig.upstream().last();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.target()).isEqualTo("/v1/chat/completions");
      assertThat(request.header("authorization")).contains("Bearer " + KEY);
      assertThat(request.header("content-type")).contains("application/json");
      assertThat(request.header("accept")).contains("application/json");
      assertThat(request.headerNames()).doesNotHaveDuplicates();
    }

    @Test
    void sendsNoCredentialOfTheClientOn() {
      rig.upstream().then(OK);
      Map<String, String> headers =
          Map.of(
              "authorization", "Bearer client-secret",
              "x-api-key", "client-secret",
              "cookie", "session=client-secret",
              "openai-beta", "assistants=v2");
      rig.answer(came(headers, Optional.of("api-version=1&x=%20")));
      Received request = rig.upstream().last();
      assertThat(request.text()).doesNotContain("client-secret");
      assertThat(request.header("openai-beta")).contains("assistants=v2");
      assertThat(request.query()).contains("api-version=1&x=%20");
      assertThat(request.header("authorization")).contains("Bearer " + KEY);
    }

    @Test
    void sendsConfiguredHeadersAndNoKeyWhenThereIsNone() {
      rig.upstream().then(OK);
      Account settings =
          new Account(
              "local",
              URI.create(rig.upstream().uri() + "/api/v3/"),
              Optional.empty(),
              Map.of("OpenAI-Project", "p-1"),
              HttpTimeouts.STREAM,
              1_000_000,
              "assay.yaml",
              Set.of());
      rig.ask(adapter(settings), WHOLE, new Cancellation());
      Received request = rig.upstream().last();
      assertThat(request.target()).isEqualTo("/api/v3/chat/completions");
      assertThat(request.header("openai-project")).contains("p-1");
      assertThat(request.header("authorization")).isEmpty();
    }

    @Test
    void sendsTheClientsOwnBytes() {
      rig.upstream().then(OK);
      String body =
          "{ \"model\":\"model-1\", \"x_unknown\":[1.10], "
              + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}] }";
      rig.answer(ChatBodyTest.read(body));
      assertThat(rig.upstream().last().body().utf8()).isEqualTo(body);
    }

    private static ChatRequest came(Map<String, String> headers, Optional<String> query) {
      ChatRequest read =
          ChatBodyTest.read(
              "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
      Wire wire = read.wire().orElseThrow();
      return new ChatRequest(
          read.model(),
          read.messages(),
          Sampling.DEFAULT,
          Tools.NONE,
          new ResponseFormat.Text(),
          ReasoningSetting.DEFAULT,
          Streaming.NONE,
          Optional.of(
              new Wire(WireFormat.OPENAI_CHAT, wire.body(), wire.members(), headers, query)));
    }
  }

  @Nested
  class Answering {
    @Test
    void namesTheResolvedModelAndGivesHeadersBack() {
      rig.upstream()
          .then(
              OK.header("X-Request-Id", "r-1")
                  .header("x-ratelimit-remaining-tokens", "7")
                  .header("openai-processing-ms", "12")
                  .header("set-cookie", "a=b")
                  .header("server", "cloudflare"));
      Answer answer = rig.answer(WHOLE);
      assertThat(answer.details().model()).isEqualTo("model-1-0613");
      Exchange exchange = answer.details().exchange().orElseThrow();
      assertThat(exchange.headers())
          .containsOnlyKeys("x-request-id", "x-ratelimit-remaining-tokens", "openai-processing-ms");
    }

    @Test
    void readsUsageIntoDisjointClasses() {
      String usage =
          "\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":50,"
              + "\"prompt_tokens_details\":{\"cached_tokens\":64},"
              + "\"completion_tokens_details\":{\"reasoning_tokens\":30}}";
      rig.upstream()
          .then(
              Reply.json(
                  200, DIALECT.answerWithoutUsage("Hi.").replaceFirst("}$", "," + usage + "}")));
      assertThat(rig.answer(WHOLE).details().usage())
          .isEqualTo(new Usage(36, 64, 0, 0, 50, 30, Provenance.REPORTED));
    }

    @Test
    void doesNotBelieveHugeNumbers() {
      String usage =
          "\"usage\":{\"prompt_tokens\":9223372036854775807,"
              + "\"completion_tokens\":9223372036854775807}";
      rig.upstream()
          .then(
              Reply.json(
                  200, DIALECT.answerWithoutUsage("Hi.").replaceFirst("}$", "," + usage + "}")));
      assertThat(rig.answer(WHOLE).details().usage()).isEqualTo(Usage.ABSENT);
    }

    @Test
    void refusesWhatIsLargerThanItTakes() {
      rig.upstream().then(Reply.json(200, DIALECT.answer("x".repeat(2_000_000))));
      rig.upstream().then(Reply.events(DIALECT.stream("x".repeat(2_000_000))));
      rig.upstream().then(Reply.events(DIALECT.stream(many("x".repeat(100_000), 20))));
      Provider small = adapter(small());
      for (ChatRequest request : List.of(WHOLE, STREAM, STREAM)) {
        Failure failure = ProviderRig.failed(rig.ask(small, request, new Cancellation()));
        assertThat(failure.code()).isEqualTo(ErrorCode.RESPONSE_TOO_LARGE);
      }
    }

    @Test
    void passesAnAnswerOfToolCallsInOnePieceToAStream() {
      rig.upstream()
          .then(
              Reply.json(
                  200,
                  """
                  {"choices":[{"message":{"role":"assistant","content":null,"tool_calls":[
                    {"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},
                    {"id":"b","type":"function","function":{"name":"g","arguments":"[]"}}]},
                    "finish_reason":"tool_calls"}]}
                  """));
      Answer answer = rig.answer(STREAM);
      assertThat(answer.finish()).isEqualTo(FinishReason.TOOL_CALLS);
      assertThat(rig.deltas())
          .flatExtracting(Delta::content)
          .containsExactly(
              new Delta.Content.ToolCall(0, Optional.of("a"), Optional.of("f"), "{}"),
              new Delta.Content.ToolCall(1, Optional.of("b"), Optional.of("g"), "[]"));
    }

    private Account small() {
      return new Account(
          "openai",
          rig.upstream().uri().resolve("/v1"),
          Optional.of(KEY),
          Map.of(),
          HttpTimeouts.STREAM,
          1_000_000,
          "OPENAI_API_KEY",
          Set.of());
    }

    private static String[] many(String text, int count) {
      String[] texts = new String[count];
      Arrays.fill(texts, text);
      return texts;
    }
  }

  @Nested
  class Streams {
    @Test
    void keepUnknownFieldsAndEventsByteForByte() {
      List<String> events =
          List.of(
              "data: {\"choices\":[],\"prompt_filter_results\":[{\"x\":1}]}\n\n",
              "event: odd\nid: 7\ndata:{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\","
                  + "\"x_new\":[1.10]}}],\"obfuscation\":\"zz\"}\n\n",
              "data: {\"choices\":[{\"index\":0,\"delta\":{\"audio\":{\"id\":\"a\"}}}]}\r\n\r\n",
              "data: {\"type\":\"never.seen\"}\n\n",
              OpenAiDialect.chunk("{}", "\"stop\""),
              "data: {\"choices\":[],\"citations\":[\"u\"]}\n\n",
              "data: [DONE]\n\n");
      rig.upstream().then(Reply.events(events));
      Answer answer = rig.answer(STREAM);
      assertThat(rig.raw()).isEqualTo(String.join("", events.subList(0, 4)));
      assertThat(answer.text()).isEqualTo("a");
      Exchange exchange = answer.details().exchange().orElseThrow();
      assertThat(exchange.body().utf8())
          .contains("\"x_new\":[1.10]", "never.seen", "citations", "prompt_filter_results");
      assertThat(answer.details().attempts().getFirst().received())
          .contains(Bytes.utf8(String.join("", events)));
    }

    @Test
    void keepNoSecretThatSeveralChoicesSpread() {
      List<String> events = new ArrayList<>();
      for (String piece : List.of(KEY.substring(0, 9), KEY.substring(9))) {
        events.add(OpenAiDialect.chunk("{\"content\":\"" + piece + "\"}", "null"));
        events.add(events.getLast().replace("\"index\":0", "\"index\":1"));
      }
      events.add(OpenAiDialect.chunk("{}", "\"stop\""));
      events.add("data: [DONE]\n\n");
      rig.upstream().then(Reply.events(events));
      Answer answer = rig.answer(STREAM);
      assertThat(answer.text()).isEqualTo(Secrets.MASK);
      assertThat(answer.details().exchange().orElseThrow().body().utf8())
          .contains(Secrets.MASK, "stop")
          .doesNotContain(KEY.substring(0, 9), KEY.substring(9));
    }

    @Test
    void carryToolCallsAndReasoning() {
      rig.upstream()
          .then(
              Reply.events(
                  OpenAiDialect.chunk("{\"reasoning_content\":\"hm\"}", "null"),
                  OpenAiDialect.chunk(
                      "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":"
                          + "{\"name\":\"f\",\"arguments\":\"{\\\"x\\\"\"}}]}",
                      "null"),
                  OpenAiDialect.chunk(
                      "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]}",
                      "null"),
                  OpenAiDialect.chunk("{}", "\"tool_calls\""),
                  "data: [DONE]\n\n"));
      Answer answer = rig.answer(STREAM);
      assertThat(answer.parts())
          .containsExactly(
              new Part.Reasoning("hm", Optional.empty()), new Part.ToolCall("a", "f", "{\"x\":1}"));
      assertThat(answer.finish()).isEqualTo(FinishReason.TOOL_CALLS);
      assertThat(rig.deltas()).hasSize(3);
    }

    @Test
    void passAnEventThatSaysSeveralThingsOnce() {
      String both = "{\"reasoning_content\":\"hm\",\"content\":\"Hi.\"}";
      rig.upstream()
          .then(
              Reply.events(
                  OpenAiDialect.chunk(both, "null"), OpenAiDialect.chunk("{}", "\"stop\"")));
      Answer answer = rig.answer(STREAM);
      assertThat(rig.raw()).isEqualTo(OpenAiDialect.chunk(both, "null"));
      assertThat(rig.text()).isEqualTo("Hi.");
      assertThat(answer.parts()).hasSize(2);
    }

    @Test
    void endAtTheEndMarkThoughTheServerKeepsTheConnection() {
      Reply whole = Reply.events(DIALECT.stream("Hi."));
      rig.upstream().then(whole.at(whole.length() - 5, new Happening.Stall()));
      assertThat(rig.answer(STREAM).text()).isEqualTo("Hi.");
    }

    @Test
    void neednotSayThatTheyAreStreams() {
      Bytes events = Bytes.utf8(String.join("", DIALECT.stream("Hi.")));
      rig.upstream().then(Reply.of(200, "text/plain", events), Reply.of(200, "", events));
      assertThat(rig.answer(STREAM).text()).isEqualTo("Hi.");
      assertThat(rig.answer(STREAM).text()).isEqualTo("Hi.");
      assertThat(rig.text()).isEqualTo("Hi.");
    }

    @Test
    void ofAnEndMarkAloneAreNoAnswer() {
      rig.upstream().then(Reply.events("data: [DONE]\n\n"));
      assertThat(rig.failure(STREAM).code()).isEqualTo(ErrorCode.MALFORMED_RESPONSE);
    }

    @Test
    void needNoFinishReasonBeforeTheEndMark() {
      rig.upstream()
          .then(
              Reply.events(
                  OpenAiDialect.chunk("{\"content\":\"Hi.\"}", "null"), "data: [DONE]\n\n"));
      Answer answer = rig.answer(STREAM);
      assertThat(answer.text()).isEqualTo("Hi.");
      assertThat(answer.finish()).isEqualTo(FinishReason.OTHER);
    }

    @Test
    void areAnswersWhateverComesBehindTheFinishReason() {
      List<String> events = new ArrayList<>(DIALECT.stream("Hi."));
      events.add(events.size() - 1, "data: bye\n\n");
      rig.upstream().then(Reply.events(events));
      Answer answer = rig.answer(STREAM);
      assertThat(answer.text()).isEqualTo("Hi.");
      assertThat(answer.details().exchange().orElseThrow().held()).hasSize(4);
    }

    @Test
    void mayLackTheLastBlankLine() {
      List<String> events = new ArrayList<>(DIALECT.stream("Hi."));
      events.set(events.size() - 1, "data: [DONE]");
      rig.upstream().then(Reply.events(events));
      Answer answer = rig.answer(STREAM);
      assertThat(answer.details().exchange().orElseThrow().held().getLast().raw().utf8())
          .isEqualTo("data: [DONE]\n\n");
    }

    @Test
    void holdTheLastWordsThatComeWithTheFinishReason() {
      rig.upstream()
          .then(
              Reply.events(
                  OpenAiDialect.chunk("{\"content\":\"Hel\"}", "null"),
                  OpenAiDialect.chunk("{\"content\":\"lo\"}", "\"stop\"")));
      assertThat(rig.answer(STREAM).text()).isEqualTo("Hello");
      assertThat(rig.text()).isEqualTo("Hel");
    }
  }

  @Nested
  class Errors {
    @Test
    void nameTheFieldThatTheProviderBlames() {
      rig.upstream()
          .then(
              Reply.json(
                  400,
                  "{\"error\":{\"message\":\"bad\",\"type\":\"invalid_request_error\","
                      + "\"param\":\"messages[0].role\",\"code\":null}}"));
      assertThat(rig.failure(WHOLE).field()).contains("messages[0].role");
    }

    @Test
    void sayWhatToDo() {
      rig.upstream().then(Reply.json(401, DIALECT.error("no")));
      assertThat(rig.failure(WHOLE).message())
          .isEqualTo(
              "Provider openai at 127.0.0.1:"
                  + rig.upstream().uri().getPort()
                  + " refused its key (HTTP 401): check the key that is configured for it.");
    }
  }

  @Nested
  class Settings {
    @Test
    void areChecked() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> settings("a/b", "http://h/v1", "k-123456"))
          .withMessageStartingWith("name:");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> settings("a", "ftp://h/v1", "k-123456"))
          .withMessageStartingWith("baseUrl:");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> settings("a", "http://h/v1?x=1", "k-123456"))
          .withMessageStartingWith("baseUrl:");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> settings("a", "http://h/v1", "k\n"))
          .withMessageStartingWith("key:")
          .withMessageNotContaining("k\n");
    }

    @Test
    void doNotSayTheirKey() {
      assertThat(settings("a", "http://h/v1", "k-123456").toString())
          .isEqualTo("Account[a at http://h/v1]");
    }

    private static Account settings(String name, String url, String key) {
      return Account.of(name, URI.create(url), Optional.of(key), "test");
    }
  }
}
