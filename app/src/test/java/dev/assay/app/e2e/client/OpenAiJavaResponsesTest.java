package dev.assay.app.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import dev.assay.app.RunningAssay;
import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.TokenLogprob;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import dev.assay.testkit.upstream.Reply;
import dev.assay.testkit.upstream.ScriptedUpstream;
import dev.assay.wire.format.AnswerWriter;
import dev.assay.wire.responses.ResponsesDoorFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** OpenAI's official client takes whatever the door for Responses says. */
class OpenAiJavaResponsesTest {
  private static final ResponseCreateParams HELLO =
      ResponseCreateParams.builder().model("sim/echo").input("Grüße, 世界 😀").build();

  private static List<ResponseStreamEvent> events(OpenAIClient client) {
    try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(HELLO)) {
      return stream.stream().toList();
    }
  }

  private static Response gathered(List<ResponseStreamEvent> events) {
    ResponseAccumulator accumulator = ResponseAccumulator.create();
    events.forEach(accumulator::accumulate);
    return accumulator.response();
  }

  private static String text(Response response) {
    StringBuilder text = new StringBuilder();
    response.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .flatMap(content -> content.outputText().stream())
        .forEach(part -> text.append(part.text()));
    return text.toString();
  }

  @Nested
  class ByTheDoor {
    @Test
    void theEchoAnswersAndStreamsWhatWasSaid() {
      try (RunningAssay program = RunningAssay.start(Map.of())) {
        OpenAIClient client = SdkRig.client(program.uri()).build();
        Response whole = client.responses().create(HELLO);
        assertThat(text(whole)).isEqualTo("Grüße, 世界 😀");
        assertThat(whole.isValid()).isTrue();
        assertThat(whole.id()).startsWith("resp_assay_");
        List<ResponseStreamEvent> events = events(client);
        assertThat(events).allMatch(ResponseStreamEvent::isValid);
        assertThat(text(gathered(events))).isEqualTo("Grüße, 世界 😀");
        client.close();
      }
    }
  }

  @Nested
  class EveryKindOfContent {
    private final Signature signature =
        new Signature(
            WireFormat.ANTHROPIC_MESSAGES, Signature.Kind.SIGNATURE, "x", Optional.empty());
    private final List<TokenLogprob> tokens =
        List.of(
            new TokenLogprob(
                "a",
                -0.5,
                Optional.of(Bytes.utf8("a")),
                List.of(new TokenLogprob("b", -1, Optional.empty(), List.of()))));
    private final Answer answer =
        new Answer(
            List.of(
                new Part.Reasoning("hm", Optional.of(signature)),
                new Part.Text("a"),
                new Part.Logprobs(tokens),
                new Part.Refusal("no"),
                new Part.ToolCall("c1", "f", "{}")),
            FinishReason.LENGTH,
            new Details(
                CallKind.PROVIDER,
                "p",
                "m",
                Usage.reported(10, 5),
                Cost.unknown(),
                List.of(),
                new Timings(Instant.EPOCH, Duration.ZERO, Optional.empty()),
                Optional.empty(),
                List.of(),
                true));
    private final AnswerWriter writer =
        ResponsesDoorFormat.FORMAT.answers(
            UUID.fromString("01890000-0000-7000-8000-000000000001"),
            ChatRequest.of("m", "hi"),
            Instant.EPOCH);

    private void check(Response response) {
      assertThat(response.isValid()).isTrue();
      assertThat(response.status()).contains(ResponseStatus.INCOMPLETE);
      assertThat(response.usage().orElseThrow().totalTokens()).isEqualTo(15);
      assertThat(response.output()).hasSize(3);
      assertThat(response.output()).extracting(ResponseOutputItem::isReasoning).contains(true);
      assertThat(response.output().getLast().asFunctionCall().name()).isEqualTo("f");
      assertThat(text(response)).isEqualTo("a");
    }

    @Test
    void isTakenWhole() {
      try (ScriptedUpstream server = ScriptedUpstream.start()) {
        server.then(Reply.json(200, writer.whole(answer).utf8()));
        OpenAIClient client = SdkRig.client(server.uri()).build();
        check(client.responses().create(HELLO));
        client.close();
      }
    }

    @Test
    void isTakenAsAStream() {
      Bytes stream =
          Bytes.joined(
              writer.content(new Delta.Content.Reasoning("hm")),
              writer.content(new Delta.Content.Signed(signature)),
              writer.content(new Delta.Content.Text("a")),
              writer.content(new Delta.Content.Logprobs(tokens)),
              writer.content(new Delta.Content.Refusal("no")),
              writer.content(
                  new Delta.Content.ToolCall(0, Optional.of("c1"), Optional.of("f"), "{}")),
              writer.ending(answer));
      try (ScriptedUpstream server = ScriptedUpstream.start()) {
        server.then(Reply.events(stream.utf8()));
        OpenAIClient client = SdkRig.client(server.uri()).build();
        List<ResponseStreamEvent> events = events(client);
        assertThat(events).hasSize(24).allMatch(ResponseStreamEvent::isValid);
        check(gathered(events));
        client.close();
      }
    }
  }
}
