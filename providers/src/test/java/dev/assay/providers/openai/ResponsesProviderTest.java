package dev.assay.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Cancellation;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Streaming;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.core.secret.Secrets;
import dev.assay.providers.attempt.Account;
import dev.assay.testkit.contract.ProviderRig;
import dev.assay.testkit.upstream.Received;
import dev.assay.testkit.upstream.Reply;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.responses.ResponsesDoorFormat;
import dev.assay.wire.responses.ResponsesRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesProviderTest {
  private static final ResponsesDialect DIALECT = ResponsesDialect.INSTANCE;
  private static final Reply OK = Reply.json(200, DIALECT.answer("Hi."));

  private final ProviderRig rig = new ProviderRig(DIALECT);

  @AfterEach
  void close() {
    rig.close();
  }

  private static ChatRequest read(String body) {
    RequestRead read =
        ResponsesDoorFormat.FORMAT.read(
            Bytes.utf8(body), Map.of("openai-beta", "x"), Optional.of("a=b"));
    return ((RequestRead.Valid) read).request();
  }

  private static String sent(ChatRequest request) {
    return ResponsesBody.of(request, "openai").utf8();
  }

  /** A request that goes on from a response that a provider keeps, with what was said there. */
  private static ChatRequest goingOn(String provider) {
    ChatRequest earlier = read("{\"model\":\"m\",\"input\":\"What is two and two?\"}");
    ChatRequest request =
        read("{\"model\":\"m\",\"previous_response_id\":\"resp_01\",\"input\":\"And more?\"}");
    Wire wire = request.wire().orElseThrow();
    return ResponsesRequest.continuing(
        request.withWire(
            new Wire(
                wire.format(),
                wire.body(),
                wire.members(),
                wire.headers(),
                wire.query(),
                wire.unread(),
                Optional.of(provider))),
        earlier,
        List.of(new Part.Text("Four.")));
  }

  @Test
  void onlyTheProviderThatKeepsAResponseIsToldItsIdentifier() {
    assertThat(sent(goingOn("openai")))
        .isEqualTo(
            "{\"model\":\"m\",\"previous_response_id\":\"resp_01\",\"input\":\"And more?\"}");
    assertThat(sent(goingOn("azure")))
        .contains("two and two", "Four.", "And more?")
        .doesNotContain("previous_response_id");
  }

  private Outcome ask(Account account, ApiChoice choice, ChatRequest request) {
    OpenAiProvider provider =
        new OpenAiProvider(account, choice, rig.http(), Secrets.NONE, rig.clock(), rig.tasks());
    return rig.ask(provider, request, new Cancellation());
  }

  private Account account(String name) {
    return Account.of(name, rig.upstream().uri().resolve("/v1"), Optional.empty(), "test");
  }

  @Nested
  class Asking {
    @Test
    void postsToTheResponsesWithItsOwnKey() {
      rig.upstream().then(OK);
      Answer answer = rig.answer(ProviderRig.WHOLE);
      Received request = rig.upstream().last();
      assertThat(request.target()).isEqualTo("/v1/responses");
      assertThat(request.header("authorization")).contains("Bearer " + ProviderRig.KEY);
      assertThat(request.body().utf8())
          .isEqualTo(
              "{\"model\":\"model-1\",\"input\":[{\"type\":\"message\",\"role\":\"user\","
                  + "\"content\":\"What is a token?\"}],\"store\":false}");
      assertThat(answer.text()).isEqualTo("Hi.");
      assertThat(answer.finish()).isEqualTo(FinishReason.STOP);
      assertThat(answer.details().exchange().orElseThrow().format())
          .isEqualTo(WireFormat.OPENAI_RESPONSES);
    }

    @Test
    void sendsTheClientsOwnBytesAndWhatCameWithThem() {
      rig.upstream().then(OK);
      String body =
          "{ \"model\":\"model-1\", \"tools\":[{\"type\":\"web_search\"}], \"input\":\"hi\","
              + " \"x\":1.10 }";
      rig.answer(read(body));
      assertThat(rig.upstream().last().body().utf8()).isEqualTo(body);
      assertThat(rig.upstream().last().target()).isEqualTo("/v1/responses?a=b");
      assertThat(rig.upstream().last().header("openai-beta")).contains("x");
    }

    @Test
    void refusesWhatResponsesCannotSay() {
      ChatRequest plain = ProviderRig.WHOLE;
      Sampling stop =
          new Sampling(
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of("x"),
              Optional.empty(),
              Optional.empty());
      ChatRequest request =
          new ChatRequest(
              plain.model(),
              plain.messages(),
              stop,
              plain.tools(),
              plain.format(),
              plain.reasoning(),
              plain.streaming(),
              Optional.empty());
      Failure failure = rig.failure(request);
      assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED_REQUEST);
      assertThat(failure.field()).contains("stop");
      assertThat(rig.upstream().requests()).isZero();
    }
  }

  @Nested
  class Choosing {
    @ParameterizedTest
    @CsvSource({
      "AUTO,true,/v1/responses",
      "AUTO,false,/v1/chat/completions",
      "CHAT,true,/v1/chat/completions",
      "CHAT,false,/v1/chat/completions",
      "RESPONSES,true,/v1/responses",
      "RESPONSES,false,/v1/responses",
    })
    void anApiFitsTheRequestOrTheSetting(ApiChoice choice, boolean responses, String path) {
      rig.upstream().then(Reply.json(500, "{}"));
      ChatRequest request =
          responses ? read("{\"model\":\"m\",\"input\":\"hi\"}") : ProviderRig.WHOLE;
      ask(account("any"), choice, request);
      assertThat(rig.upstream().last().path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
      "openai,http://localhost/v1,AUTO",
      "mine,https://eu.api.OpenAI.com/v1,AUTO",
      "groq,https://api.groq.com/openai/v1,CHAT",
    })
    void onlyOpenAiItselfIsAskedByBoth(String name, String url, ApiChoice choice) {
      Account account = Account.of(name, URI.create(url), Optional.empty(), "test");
      assertThat(ApiChoice.standard(account)).isEqualTo(choice);
    }
  }

  @Nested
  class SplicingTheBody {
    private static final String MADE_HERE = "resp_assay_" + "0".repeat(32);

    @Test
    void setsTheModelAndTakesAssaysMemberOut() {
      assertThat(
              sent(
                  read("{\"assay\":{\"group\":\"g\"},\"model\":\"openai/m\",\"input\":\"hi\"}")
                      .withModel("m")))
          .isEqualTo("{\"model\":\"m\",\"input\":\"hi\"}");
    }

    @Test
    void followsTheStreamingThatIsWanted() {
      ChatRequest streamed =
          read(
              "{\"model\":\"m\",\"input\":\"hi\",\"stream\":true,"
                  + "\"stream_options\":{\"include_obfuscation\":false}}");
      assertThat(sent(streamed)).contains("\"stream\":true").contains("stream_options");
      assertThat(sent(streamed.withStreaming(Streaming.NONE)))
          .isEqualTo("{\"model\":\"m\",\"input\":\"hi\",\"stream\":false}");
      assertThat(
              sent(
                  read("{\"model\":\"m\",\"input\":\"hi\"}")
                      .withStreaming(Streaming.EVENTS_WITH_USAGE)))
          .isEqualTo("{\"model\":\"m\",\"input\":\"hi\",\"stream\":true}");
    }

    @Test
    void leavesAResponseOfTheProvidersAlone() {
      String body = "{\"model\":\"m\",\"previous_response_id\":\"resp_0123\",\"input\":\"hi\"}";
      assertThat(sent(read(body))).isEqualTo(body);
    }

    @Test
    void putsTheConversationInThePlaceOfAResponseMadeHere() {
      ChatRequest request =
          read(
              "{\"model\":\"m\",\"instructions\":\"be brief\",\"previous_response_id\":\""
                  + MADE_HERE
                  + "\",\"input\":\"second\",\"tools\":[{\"type\":\"web_search\"}]}");
      ChatRequest earlier = read("{\"model\":\"m\",\"input\":\"first\"}");
      ChatRequest whole =
          ResponsesRequest.continuing(request, earlier, List.of(new Part.Text("answer")));
      assertThat(sent(whole))
          .isEqualTo(
              "{\"model\":\"m\",\"instructions\":\"be brief\",\"input\":["
                  + "{\"type\":\"message\",\"role\":\"user\",\"content\":\"first\"},"
                  + "{\"type\":\"message\",\"role\":\"assistant\",\"content\":["
                  + "{\"type\":\"output_text\",\"text\":\"answer\"}]},"
                  + "{\"type\":\"message\",\"role\":\"user\",\"content\":\"second\"}],"
                  + "\"tools\":[{\"type\":\"web_search\"}]}");
    }

    @Test
    void takesTheReasoningOfAnotherProviderOut() {
      assertThat(
              sent(
                  read(
                      "{\"model\":\"m\",\"input\":[{\"type\":\"reasoning\",\"id\":\"rs_1\","
                          + "\"summary\":[],\"encrypted_content\":"
                          + "\"assay1.ANTHROPIC_MESSAGES.SIGNATURE..x\"},"
                          + "{\"role\":\"user\",\"content\":\"hi\"}]}")))
          .isEqualTo(
              "{\"model\":\"m\",\"input\":[{\"type\":\"message\",\"role\":\"user\","
                  + "\"content\":\"hi\"}]}");
    }
  }

  @Test
  void aFailedResponseIsAFailure() {
    rig.upstream()
        .then(
            Reply.json(
                200,
                "{\"id\":\"resp_1\",\"status\":\"failed\",\"output\":[],"
                    + "\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"Slow down.\"}}"));
    Failure failure = rig.failure(ProviderRig.WHOLE);
    assertThat(failure.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(failure.provider().orElseThrow().toString()).contains("Slow down.");
  }
}
