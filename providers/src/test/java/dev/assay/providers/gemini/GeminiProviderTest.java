package dev.assay.providers.gemini;

import static dev.assay.testkit.contract.ProviderRig.KEY;
import static dev.assay.testkit.contract.ProviderRig.STREAM;
import static dev.assay.testkit.contract.ProviderRig.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.ModelCard;
import dev.assay.core.model.Principal;
import dev.assay.core.model.ProviderStatus;
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
import dev.assay.core.request.Request;
import dev.assay.core.request.Role;
import dev.assay.core.request.Signature;
import dev.assay.core.request.TokenCountRequest;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Usage;
import dev.assay.core.vector.Vector;
import dev.assay.testkit.contract.ProviderRig;
import dev.assay.testkit.upstream.Received;
import dev.assay.testkit.upstream.Reply;
import dev.assay.wire.anthropic.MessagesRequestReader;
import dev.assay.wire.embeddings.EmbeddingsRead;
import dev.assay.wire.embeddings.EmbeddingsRequestReader;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.openai.ChatRequestReader;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiProviderTest {
  private static final GeminiDialect DIALECT = GeminiDialect.INSTANCE;
  private static final Reply OK = Reply.json(200, DIALECT.answer("Hi."));

  private final ProviderRig rig = new ProviderRig(DIALECT);

  @AfterEach
  void close() {
    rig.close();
  }

  private Outcome ask(Request request) {
    CallContext context =
        new CallContext(
            new UUID(0, 1),
            CallContext.Attachment.NONE,
            Principal.LOCAL,
            rig.clock().now().plus(Duration.ofDays(1)),
            new Cancellation(),
            new AttemptBudget(6, 4),
            Map.of());
    return rig.adapter().answer(request, context, Sink.discarding());
  }

  private static ChatRequest chat(String members) {
    String body =
        "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
            + members
            + "}";
    return ((RequestRead.Valid)
            ChatRequestReader.read(Bytes.utf8(body), Map.of("x-secret", "s"), Optional.of("a=b")))
        .request();
  }

  @Nested
  class Asking {
    @Test
    void postsToTheModelWithItsOwnKeyInAHeader() {
      rig.upstream().then(OK);
      Answer answer = rig.answer(WHOLE);
      assertThat(answer.details().model()).isEqualTo("model-1-0613");
      Received request = rig.upstream().last();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.target()).isEqualTo("/v1beta/models/model-1:generateContent");
      assertThat(request.header("x-goog-api-key")).contains(KEY);
      assertThat(request.header("authorization")).isEmpty();
      assertThat(request.header("content-type")).contains("application/json");
      assertThat(request.body().utf8())
          .isEqualTo(
              "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"What is a token?\"}]}]}");
    }

    @Test
    void wantsAStreamAsEvents() {
      rig.upstream().then(Reply.events(DIALECT.stream("Hi.")));
      assertThat(rig.answer(STREAM).text()).isEqualTo("Hi.");
      Received request = rig.upstream().last();
      assertThat(request.target())
          .isEqualTo("/v1beta/models/model-1:streamGenerateContent?alt=sse");
      assertThat(request.header("accept")).contains("text/event-stream");
    }

    @Test
    void goesNowhereElseWhateverTheModelIsCalled() {
      rig.upstream().then(OK);
      rig.answer(WHOLE.withModel("../../v1/keys?x=#"));
      assertThat(rig.upstream().last().target())
          .isEqualTo("/v1beta/models/..%2F..%2Fv1%2Fkeys%3Fx%3D%23:generateContent");
    }

    @Test
    void leavesBehindWhatBelongsToAnotherFormat() {
      rig.upstream().then(OK);
      rig.answer(chat("\"temperature\":0.5,\"cached_content\":\"cachedContents/x\""));
      Received request = rig.upstream().last();
      assertThat(request.query()).isEmpty();
      assertThat(request.header("x-secret")).isEmpty();
      assertThat(request.body().utf8())
          .isEqualTo(
              "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}],"
                  + "\"generationConfig\":{\"temperature\":0.5},\"cachedContent\":\"cachedContents/x\"}");
    }

    @Test
    void warnsOfWhatIsLostAndRefusesWhatCannotBeSaid() {
      rig.upstream().then(OK);
      assertThat(rig.answer(chat("\"user\":\"u\"")).details().warnings())
          .containsExactly("user: is not known in Gemini and was left out");
      Failure failure = rig.failure(chat("\"logit_bias\":{\"1\":2}"));
      assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED_REQUEST);
      assertThat(failure.field()).contains("logit_bias");
      assertThat(failure.status()).isEqualTo(CallStatus.REFUSED);
      assertThat(rig.upstream().requests()).isEqualTo(1);
    }
  }

  @Test
  void warnsOfReasoningThatCannotBeLeftOut() {
    rig.upstream().then(OK);
    assertThat(
            rig.answer(chat("\"reasoning_effort\":\"none\"").withModel("gemini-2.5-pro"))
                .details()
                .warnings())
        .containsExactly("reasoning: this model always reasons; the least is asked for");
  }

  @Test
  void aNameOfCachedContentThatIsNoTextIsRefused() {
    Bytes body =
        Bytes.utf8(
            "{\"model\":\"gemini-2.5-flash\",\"max_tokens\":9,\"cached_content\":7,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    ChatRequest request =
        ((RequestRead.Valid) MessagesRequestReader.read(body, Map.of(), Optional.empty()))
            .request();
    assertThat(rig.failure(request).field()).contains("cached_content");
    assertThat(rig.upstream().requests()).isZero();
  }

  @Test
  void toolCallsGoBackWithTheirSignatures() {
    String call =
        "{\"functionCall\":{\"name\":\"f\",\"args\":{\"a\":1}},\"thoughtSignature\":\"Ci\"}";
    rig.upstream()
        .then(Reply.json(200, GeminiDialect.response(call, ",\"finishReason\":\"STOP\"", "")), OK);
    Answer answer = rig.answer(WHOLE);
    assertThat(answer.finish()).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(answer.parts())
        .containsExactly(
            new Part.Reasoning(
                "",
                Optional.of(
                    new Signature(
                        WireFormat.GEMINI, Signature.Kind.SIGNATURE, "Ci", Optional.empty()))),
            new Part.ToolCall("call_r-1_0", "f", "{\"a\":1}"));
    rig.answer(
        ChatRequest.of(
            "gemini-3-flash",
            List.of(
                Message.text(Role.USER, "hi"),
                new Message(Role.ASSISTANT, answer.parts(), Optional.empty()),
                new Message(
                    Role.TOOL,
                    List.of(new Part.ToolResult("call_r-1_0", List.of(new Part.Text("42")), false)),
                    Optional.empty()))));
    assertThat(rig.upstream().last().body().utf8())
        .contains(
            "{\"functionCall\":{\"id\":\"call_r-1_0\",\"name\":\"f\",\"args\":{\"a\":1}},\"thoughtSignature\":\"Ci\"}",
            "{\"functionResponse\":{\"id\":\"call_r-1_0\",\"name\":\"f\",\"response\":{\"output\":\"42\"}}}");
  }

  @Nested
  class Errors {
    private static String error(int code, String status, String details) {
      return "{\"error\":{\"code\":%d,\"message\":\"models/x is not found\",\"status\":\"%s\",\"details\":[%s]}}"
          .formatted(code, status, details);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "400 | INVALID_ARGUMENT   | {\"reason\":\"API_KEY_INVALID\"} | PROVIDER_AUTHENTICATION",
          "403 | PERMISSION_DENIED  | {} | PROVIDER_AUTHENTICATION",
          "400 | INVALID_ARGUMENT   | {} | PROVIDER_REJECTED",
          "404 | NOT_FOUND          | {} | PROVIDER_MODEL_NOT_FOUND",
          "429 | RESOURCE_EXHAUSTED | {\"violations\":[{\"quotaId\":\"GenerateRequestsPerDayPerProjectPerModel\"}]} | PROVIDER_QUOTA",
          "500 | INTERNAL           | {} | PROVIDER_ERROR",
          "503 | UNAVAILABLE        | {} | PROVIDER_OVERLOADED",
        })
    void areUnderstood(int code, String status, String details, ErrorCode meant) {
      rig.upstream().then(Reply.json(code, error(code, status, details)));
      assertThat(rig.failure(WHOLE).code()).isEqualTo(meant);
    }

    @Test
    void mayAskForAPause() {
      rig.upstream()
          .then(Reply.json(429, error(429, "RESOURCE_EXHAUSTED", "{\"retryDelay\":\"37s\"}")));
      Failure failure = rig.failure(WHOLE);
      assertThat(failure.code()).isEqualTo(ErrorCode.RATE_LIMITED);
      assertThat(failure.retry()).isEqualTo(new RetryDecision.After(Duration.ofSeconds(37)));
    }
  }

  @Test
  void aBlockedPromptIsAnAnswerWithoutParts() {
    rig.upstream()
        .then(
            Reply.json(200, "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}"),
            Reply.events("data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\n\n"));
    for (ChatRequest request : List.of(WHOLE, STREAM)) {
      Answer answer = rig.answer(request);
      assertThat(answer.parts()).isEmpty();
      assertThat(answer.finish()).isEqualTo(FinishReason.CONTENT_FILTER);
      assertThat(answer.details().usage()).isEqualTo(Usage.ABSENT);
    }
  }

  @Test
  void tokensAreCounted() {
    rig.upstream().then(Reply.json(200, "{\"totalTokens\":14}"));
    Answer answer = (Answer) ask(new TokenCountRequest(WHOLE));
    assertThat(answer.parts()).containsExactly(new Part.TokenCount(14));
    assertThat(answer.details().usage()).isEqualTo(Usage.NONE);
    Received request = rig.upstream().last();
    assertThat(request.target()).isEqualTo("/v1beta/models/model-1:countTokens");
    assertThat(request.body().utf8())
        .startsWith("{\"generateContentRequest\":{\"model\":\"models/model-1\",");
  }

  @Nested
  class Embedding {
    private static EmbeddingRequest texts(List<String> texts) {
      return new EmbeddingRequest(
          "gemini-embedding-001", texts, Optional.empty(), Optional.empty());
    }

    @Test
    void givesAVectorForEachText() {
      rig.upstream()
          .then(Reply.json(200, "{\"embeddings\":[{\"values\":[0.5,1]},{\"values\":[2,3]}]}"));
      Answer answer = (Answer) ask(texts(List.of("a", "b")));
      assertThat(answer.parts())
          .containsExactly(
              new Part.Embedding(Vector.of(0.5f, 1)), new Part.Embedding(Vector.of(2, 3)));
      assertThat(answer.details().usage()).isEqualTo(Usage.ABSENT);
      assertThat(rig.upstream().last().target())
          .isEqualTo("/v1beta/models/gemini-embedding-001:batchEmbedContents");
    }

    @Test
    void failsWhenAVectorIsMissing() {
      rig.upstream().then(Reply.json(200, "{\"embeddings\":[{\"values\":[0.5,1]}]}"));
      assertThat(ProviderRig.failed(ask(texts(List.of("a", "b")))).code())
          .isEqualTo(ErrorCode.MALFORMED_RESPONSE);
    }

    @Test
    void refusesWhatItCannotSay() {
      Bytes body =
          Bytes.utf8(
              "{\"model\":\"e\",\"input\":\"a\",\"user\":\"u\",\"task_type\":\"RETRIEVAL_QUERY\"}");
      EmbeddingRequest request =
          ((EmbeddingsRead.Valid) EmbeddingsRequestReader.read(body, Map.of(), Optional.empty()))
              .request();
      Failure failure = ProviderRig.failed(ask(request));
      assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED_REQUEST);
      assertThat(failure.field()).contains("task_type");
      assertThat(rig.upstream().requests()).isZero();
    }

    @Test
    void takesAHundredTextsAtOnce() {
      assertThat(rig.adapter().embeddingBatch()).isEqualTo(100);
      Failure failure = ProviderRig.failed(ask(texts(Collections.nCopies(101, "a"))));
      assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED_REQUEST);
      assertThat(failure.field()).contains("input");
      assertThat(rig.upstream().requests()).isZero();
    }
  }

  @Nested
  class TheListOfModels {
    private static String page(String next, String... models) {
      StringBuilder all = new StringBuilder();
      for (String model : models) {
        all.append(all.isEmpty() ? "" : ",").append(model);
      }
      return "{\"models\":[" + all + "]" + next + "}";
    }

    private static String model(String name, String method) {
      return "{\"name\":\"" + name + "\",\"supportedGenerationMethods\":[\"" + method + "\",7]}";
    }

    @Test
    void isReadPageByPageAndHasWhatCanBeAsked() {
      rig.upstream()
          .then(
              Reply.json(
                  200,
                  page(
                      ",\"nextPageToken\":\"a+b\"",
                      model("models/gemini-2.5-flash", "generateContent"),
                      model("models/imagen-4", "predict"),
                      "7",
                      "{\"name\":7}")),
              Reply.json(200, page("", model("models/gemini-embedding-001", "embedContent"))));
      ProviderStatus status = rig.adapter().status();
      assertThat(status.usable()).isTrue();
      assertThat(status.models())
          .extracting(ModelCard::id)
          .containsExactly("gemini/gemini-2.5-flash", "gemini/gemini-embedding-001");
      assertThat(rig.upstream().last().target())
          .isEqualTo("/v1beta/models?pageSize=1000&pageToken=a%2Bb");
      assertThat(rig.upstream().last().header("x-goog-api-key")).contains(KEY);
    }

    @Test
    void endsAfterTenPages() {
      Reply again = Reply.json(200, page(",\"nextPageToken\":\"x\""));
      rig.upstream().then(Collections.nCopies(11, again).toArray(Reply[]::new));
      assertThat(rig.adapter().status().usable()).isTrue();
      assertThat(rig.upstream().requests()).isEqualTo(10);
    }

    @Test
    void saysWhyItIsUnusable() {
      rig.upstream()
          .then(
              Reply.json(
                  400, "{\"error\":{\"code\":400,\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}"),
              Reply.json(200, "[]"));
      assertThat(rig.adapter().status().unusable())
          .contains("The key is refused (HTTP 400): check GEMINI_API_KEY.");
      assertThat(rig.adapter().status().unusable().orElseThrow())
          .startsWith("The list of models is none");
    }
  }
}
