package dev.assay.gateway.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Model;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.AttemptRole;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.CacheHint;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.Request;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Role;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Streaming;
import dev.assay.core.request.TokenCountRequest;
import dev.assay.core.request.Tool;
import dev.assay.core.request.Tools;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.gateway.Contexts;
import dev.assay.gateway.prices.PriceTable;
import dev.assay.gateway.prices.PricedModel;
import dev.assay.testkit.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EstimatingModelTest {
  private static final String MODEL = "gpt-4o-mini";

  // Three for the message, two for its text, three for the beginning of the answer.
  private static final ChatRequest HELLO = ChatRequest.of(MODEL, "hello world");
  private static final long HELLO_TOKENS = 8;

  private static Details details(
      Usage usage, Optional<Exchange> exchange, Optional<ErrorCode> error, boolean simulated) {
    Attempt attempt =
        new Attempt(
            1,
            AttemptRole.TRY,
            "openai",
            MODEL,
            Optional.empty(),
            Optional.empty(),
            error,
            Optional.empty(),
            Duration.ZERO,
            Duration.ZERO,
            usage,
            Cost.unknown(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            VirtualTime.START.plus(Duration.ofDays(3650)));
    return Details.of(attempt, Optional.empty(), exchange, List.of(), simulated);
  }

  private static Answer answer(Usage usage, Part... parts) {
    return new Answer(
        List.of(parts),
        FinishReason.STOP,
        details(usage, Optional.empty(), Optional.empty(), false));
  }

  private static Failure failure(
      ErrorCode code, Usage usage, Optional<Exchange> exchange, Part... partial) {
    return new Failure(
        code,
        "",
        Optional.empty(),
        RetryDecision.never(),
        Optional.empty(),
        List.of(partial),
        details(usage, exchange, Optional.of(code), false));
  }

  private static Optional<Exchange> exchange(boolean streamed) {
    return Optional.of(
        new Exchange(WireFormat.OPENAI_CHAT, 200, Map.of(), Bytes.utf8("{"), streamed, List.of()));
  }

  private static Outcome through(Request request, Outcome outcome) {
    Model provider = (asked, context, sink) -> outcome;
    return new EstimatingModel(provider)
        .answer(request, Contexts.of(VirtualTime.seeded(1)), Sink.discarding());
  }

  private static Usage usage(Request request, Outcome outcome) {
    Outcome estimated = through(request, outcome);
    assertThat(estimated.details().usage())
        .isEqualTo(estimated.details().attempts().getLast().usage());
    return estimated.details().usage();
  }

  private static Usage estimate(long input, long output, long reasoning) {
    return new Usage(input, 0, 0, 0, output, reasoning, Provenance.ESTIMATED);
  }

  private static long input(ChatRequest request) {
    return usage(request, answer(Usage.ABSENT)).input();
  }

  private static ChatRequest asking(Part... parts) {
    return ChatRequest.of(MODEL, List.of(new Message(Role.USER, List.of(parts), Optional.empty())));
  }

  @Nested
  class Answers {
    @Test
    void withoutUsageAreCounted() {
      assertThat(usage(HELLO, answer(Usage.ABSENT, new Part.Text("hello world"))))
          .isEqualTo(estimate(HELLO_TOKENS, 2, 0));
    }

    @Test
    void countReasoningRefusalsAndToolCallsAsOutput() {
      assertThat(
              usage(
                  HELLO,
                  answer(
                      Usage.ABSENT,
                      new Part.Reasoning("hello world", Optional.empty()),
                      new Part.Refusal("hello world"),
                      new Part.ToolCall("call_1", "hello", " world"))))
          .isEqualTo(estimate(HELLO_TOKENS, 6, 2));
    }

    @Test
    void withUsageStayUntouched() {
      Outcome known = answer(Usage.reported(10, 5), new Part.Text("hello"));
      assertThat(through(HELLO, known)).isSameAs(known);
    }

    @Test
    void thatAreSimulatedStayUntouched() {
      Outcome simulated =
          new Answer(
              List.of(),
              FinishReason.STOP,
              details(Usage.ABSENT, Optional.empty(), Optional.empty(), true));
      assertThat(through(HELLO, simulated)).isSameAs(simulated);
    }

    @Test
    void ofEmbeddingsCountTheTexts() {
      EmbeddingRequest request =
          new EmbeddingRequest(
              "text-embedding-3-small",
              List.of("hello world", "hello"),
              Optional.empty(),
              Optional.empty());
      assertThat(usage(request, answer(Usage.ABSENT))).isEqualTo(estimate(3, 0, 0));
    }

    @Test
    void withSomethingNotUnderstoodStayAbsent() {
      Part opaque = new Part.Opaque(WireFormat.OPENAI_CHAT, Bytes.utf8("{}"));
      assertThat(usage(HELLO, answer(Usage.ABSENT, opaque))).isEqualTo(Usage.ABSENT);
    }
  }

  @Nested
  class Failures {
    @Test
    void ofABrokenStreamCountWhatHadBeenSaid() {
      assertThat(
              usage(
                  HELLO,
                  failure(
                      ErrorCode.CONNECTION_LOST,
                      Usage.ABSENT,
                      exchange(true),
                      new Part.Text("hello"))))
          .isEqualTo(estimate(HELLO_TOKENS, 1, 0));
    }

    @Test
    void beforeTheFirstByteCountTheInput() {
      assertThat(
              usage(HELLO, failure(ErrorCode.FIRST_BYTE_TIMEOUT, Usage.ABSENT, Optional.empty())))
          .isEqualTo(estimate(HELLO_TOKENS, 0, 0));
    }

    @Test
    void beforeAnythingWasSentAreCertain() {
      Outcome failure = failure(ErrorCode.CONNECT_FAILED, Usage.NONE, Optional.empty());
      assertThat(through(HELLO, failure)).isSameAs(failure);
    }

    @Test
    void ofAResponseThatCannotBeReadStayAbsent() {
      assertThat(usage(HELLO, failure(ErrorCode.MALFORMED_RESPONSE, Usage.ABSENT, exchange(false))))
          .isEqualTo(Usage.ABSENT);
    }

    @Test
    void keepTheInputThatTheProviderToldAndCountTheRest() {
      Usage told = new Usage(7, 100, 20, 30, 1, 0, Provenance.REPORTED).soFar();
      assertThat(
              usage(
                  HELLO,
                  failure(
                      ErrorCode.CANCELLED,
                      told,
                      exchange(true),
                      new Part.Reasoning("hello", Optional.empty()),
                      new Part.Text("hello world"))))
          .isEqualTo(new Usage(7, 100, 20, 30, 3, 1, Provenance.ESTIMATED));
    }

    @Test
    void keepTheOutputThatTheProviderToldWhenItIsMore() {
      Usage told = new Usage(7, 0, 0, 0, 50, 40, Provenance.REPORTED).soFar();
      assertThat(
              usage(
                  HELLO,
                  failure(ErrorCode.CANCELLED, told, exchange(true), new Part.Text("hello"))))
          .isEqualTo(new Usage(7, 0, 0, 0, 50, 40, Provenance.ESTIMATED));
    }

    @Test
    void costAnEstimate() {
      Model provider =
          (asked, context, sink) ->
              failure(
                  ErrorCode.CONNECTION_LOST,
                  Usage.ABSENT,
                  exchange(true),
                  new Part.Text("hello world"));
      Outcome outcome =
          new PricedModel(new EstimatingModel(provider), PriceTable.shippedAnd(List.of()))
              .answer(HELLO, Contexts.of(VirtualTime.seeded(1)), Sink.discarding());
      // 8 × 0.15 + 2 × 0.60 dollars a million.
      assertThat(outcome.details().cost()).isEqualTo(new Cost.Estimated(new Money(2_400_000)));
    }
  }

  @Nested
  class Input {
    @Test
    void countsEveryMessageWithItsName() {
      ChatRequest request =
          ChatRequest.of(
              MODEL,
              List.of(
                  Message.text(Role.SYSTEM, "hello world"),
                  new Message(
                      Role.USER, List.of(new Part.Text("hello world")), Optional.of("hello"))));
      assertThat(input(request)).isEqualTo(3 + 2 + 3 + 2 + 1 + 1 + 3);
    }

    @Test
    void countsToolsSchemasCallsAndResults() {
      Tool tool =
          new Tool(
              "hello",
              Optional.of("hello world"),
              Optional.of(Bytes.utf8("hello world")),
              Optional.empty());
      ChatRequest request =
          new ChatRequest(
              MODEL,
              List.of(
                  Message.text(Role.USER, "hello"),
                  new Message(
                      Role.ASSISTANT,
                      List.of(new Part.ToolCall("call_1", "hello", "hello world")),
                      Optional.empty()),
                  new Message(
                      Role.TOOL,
                      List.of(
                          new Part.ToolResult(
                              "call_1", List.of(new Part.Text("hello world")), false)),
                      Optional.empty())),
              Sampling.DEFAULT,
              new Tools(List.of(tool), Optional.empty(), Optional.empty()),
              new ResponseFormat.JsonSchema("hello", Bytes.utf8("hello world"), Optional.empty()),
              ReasoningSetting.DEFAULT,
              Streaming.NONE,
              Optional.empty());
      assertThat(input(request)).isEqualTo((3 + 1) + (3 + 1 + 2) + (3 + 2) + (1 + 2 + 2) + 3 + 3);
    }

    @Test
    void countsTextDocumentsAndPassesCachePointsOver() {
      String base64 =
          Base64.getEncoder().encodeToString("hello world".getBytes(StandardCharsets.UTF_8));
      assertThat(
              input(
                  asking(
                      new Part.DocumentData("text/plain", base64, Optional.empty()),
                      new Part.CachePoint(new CacheHint(Optional.empty())))))
          .isEqualTo(HELLO_TOKENS);
    }

    @Test
    void countsVeryLongTextAsIfItWentOnAsItBegan() {
      long begun = input(asking(new Part.Text("word ".repeat(80_000)))) - 6;
      assertThat(input(asking(new Part.Text("word ".repeat(240_000))))).isEqualTo(6 + 3 * begun);
      assertThat(
              input(
                  asking(
                      new Part.Text("word ".repeat(80_000)),
                      new Part.Text("word ".repeat(160_000)))))
          .isEqualTo(6 + 3 * begun);
    }

    static List<Part> uncountable() {
      return List.of(
          new Part.ImageUrl("https://example.org/a.png", Optional.empty()),
          new Part.ImageData("image/png", "AAAA", Optional.empty()),
          new Part.DocumentUrl("https://example.org/a.pdf", Optional.empty()),
          new Part.DocumentData("application/pdf", "AAAA", Optional.empty()),
          new Part.DocumentData("text/plain", "A", Optional.empty()),
          new Part.ToolResult(
              "call_1", List.of(new Part.ImageData("image/png", "AAAA", Optional.empty())), false),
          new Part.Opaque(WireFormat.OPENAI_CHAT, Bytes.utf8("{}")));
    }

    @ParameterizedTest
    @MethodSource("uncountable")
    void staysAbsentWithWhatIsNotText(Part part) {
      ChatRequest request = asking(new Part.Text("hello"), part);
      assertThat(usage(request, answer(Usage.ABSENT, new Part.Text("hello"))))
          .isEqualTo(Usage.ABSENT);
    }

    @Test
    void staysAbsentWhenAPartOfItIsWithTheProvider() {
      Wire wire =
          new Wire(
              WireFormat.OPENAI_RESPONSES,
              Bytes.EMPTY,
              Map.of(),
              Map.of(),
              Optional.empty(),
              List.of("previous_response_id"));
      ChatRequest request =
          new ChatRequest(
              MODEL,
              HELLO.messages(),
              Sampling.DEFAULT,
              Tools.NONE,
              new ResponseFormat.Text(),
              ReasoningSetting.DEFAULT,
              Streaming.NONE,
              Optional.of(wire));
      assertThat(usage(request, answer(Usage.ABSENT))).isEqualTo(Usage.ABSENT);
    }
  }

  @Nested
  class Counts {
    private final TokenCountRequest request = new TokenCountRequest(HELLO);

    private Failure refused() {
      return Failure.refused(
          ErrorCode.UNSUPPORTED_REQUEST,
          "model: this provider does not count tokens.",
          Optional.of("model"),
          Details.refused(MODEL, answer(Usage.NONE).details().timings()));
    }

    @Test
    void areMadeHereWhenTheProviderCannot() {
      Answer answer = (Answer) through(request, refused());
      assertThat(answer.parts()).containsExactly(new Part.TokenCount(HELLO_TOKENS));
      assertThat(answer.details().warnings())
          .containsExactly("the token count is an estimate by tokenizer o200k_base");
      assertThat(answer.details().usage()).isEqualTo(Usage.NONE);
      assertThat(answer.details().cost()).isEqualTo(Cost.free());
      assertThat(answer.details().attempts()).isEmpty();
    }

    @Test
    void areRefusedLikeTheRequestItself() {
      Failure untranslatable =
          Failure.refused(
              ErrorCode.UNSUPPORTED_REQUEST,
              "logit_bias: cannot be said in Messages: leave it out.",
              Optional.of("logit_bias"),
              Details.refused(MODEL, answer(Usage.NONE).details().timings()));
      assertThat(through(request, untranslatable)).isSameAs(untranslatable);
    }

    @Test
    void areRefusedWhenNobodyCan() {
      Failure refused = refused();
      TokenCountRequest image =
          new TokenCountRequest(asking(new Part.ImageData("image/png", "AAAA", Optional.empty())));
      assertThat(through(image, refused)).isSameAs(refused);
    }

    @Test
    void ofTheProviderStayAndCostNothing() {
      Answer counted = answer(Usage.ABSENT, new Part.TokenCount(9));
      Answer answer = (Answer) through(request, counted);
      assertThat(answer.parts()).containsExactly(new Part.TokenCount(9));
      assertThat(answer.details().usage()).isEqualTo(Usage.NONE);
    }

    @Test
    void thatFailOtherwiseStayFailures() {
      Outcome failed = failure(ErrorCode.RATE_LIMITED, Usage.NONE, Optional.empty());
      assertThat(through(request, failed)).isSameAs(failed);
    }
  }
}
