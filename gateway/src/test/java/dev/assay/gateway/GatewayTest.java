package dev.assay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.core.model.Delta;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.model.Sink;
import dev.assay.core.model.StreamHead;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.AttemptRole;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.CallStatus;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Streaming;
import dev.assay.core.store.CallStart.Answering;
import dev.assay.core.store.Recorded;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.gateway.names.Providers;
import dev.assay.gateway.policy.RetrySettings;
import dev.assay.testkit.MemoryEmbeddings;
import dev.assay.testkit.MemoryRecorder;
import dev.assay.testkit.ScriptedProvider;
import dev.assay.testkit.Turn;
import dev.assay.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GatewayTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final MemoryRecorder recorder = new MemoryRecorder(time);
  private final ScriptedProvider openai =
      new ScriptedProvider("openai", time, time).offering("gpt-4o", "gpt-4o-mini", "o1");
  private final ScriptedProvider local = new ScriptedProvider("local", time, time).offering("tiny");
  private final Providers providers =
      new Providers(
          List.of(openai, local),
          List.of(
              new ProviderStatus("anthropic", "", Optional.of("set ANTHROPIC_API_KEY"), List.of())),
          Map.of());

  private static GatewaySettings settings(
      Map<String, String> aliases, Map<String, List<String>> fallbacks) {
    return new GatewaySettings(
        Duration.ofMinutes(15), 6, 4, RetrySettings.DEFAULT, aliases, fallbacks, List.of());
  }

  private Gateway gateway(GatewaySettings settings) {
    return Gateway.of(
        settings, providers, recorder, new MemoryEmbeddings(), time, time, new Random(1));
  }

  private Outcome ask(Gateway gateway, String model) throws Exception {
    return time.call(() -> {
      Recorded recorded =
          gateway.model().ask(ChatRequest.of(model, "hi"), Contexts.of(time), Sink.discarding());
      return recorded.outcome();
    });
  }

  @Nested
  class Calls {
    @Test
    void areRetriedPricedSummedAndRecorded() throws Exception {
      openai.then(
          Turn.failure(ErrorCode.PROVIDER_ERROR).using(Usage.reported(2, 0)),
          Turn.failure(ErrorCode.RATE_LIMITED),
          Turn.answer("hi"));
      Outcome outcome = ask(gateway(GatewaySettings.DEFAULT), "gpt-4o-mini");
      assertThat(outcome).isInstanceOf(Answer.class);
      assertThat(outcome.details().usage()).isEqualTo(Usage.reported(12, 5));
      assertThat(outcome.details().attempts())
          .extracting(Attempt::cost)
          .containsExactly(
              new Cost.Known(new Money(300_000)),
              Cost.free(),
              new Cost.Known(new Money(4_500_000)));
      assertThat(outcome.details().cost()).isEqualTo(new Cost.Known(new Money(4_800_000)));
      assertThat(outcome.details().timings().startedAt()).isEqualTo(VirtualTime.START);
      assertThat(outcome.details().timings().latency()).isEqualTo(time.elapsed());
      assertThat(recorder.calls()).hasSize(1);
      assertThat(recorder.calls().getFirst().outcome()).isEqualTo(outcome);
    }

    @Test
    void sumWhatAnAttemptThatBrokeOffIsEstimatedToHaveUsed() throws Exception {
      openai.then(
          Turn.failure(ErrorCode.CONNECTION_LOST).saying("hello world").using(Usage.ABSENT),
          Turn.answer("hi"));
      Outcome outcome = ask(gateway(GatewaySettings.DEFAULT), "gpt-4o-mini");
      // Seven in and two out, then ten in and five out.
      assertThat(outcome.details().usage())
          .isEqualTo(new Usage(17, 0, 0, 0, 7, 0, Provenance.ESTIMATED));
      assertThat(outcome.details().answerUsage()).isEqualTo(Usage.reported(10, 5));
      assertThat(outcome.details().attempts())
          .extracting(Attempt::cost)
          .containsExactly(
              new Cost.Estimated(new Money(2_250_000)), new Cost.Known(new Money(4_500_000)));
      assertThat(outcome.details().cost()).isEqualTo(new Cost.Estimated(new Money(6_750_000)));
    }

    @Test
    void thatAreRefusedAreRecordedToo() throws Exception {
      Outcome outcome = ask(gateway(GatewaySettings.DEFAULT), "anthropic/claude");
      assertThat(outcome.status()).isEqualTo(CallStatus.REFUSED);
      assertThat(recorder.calls().getFirst().outcome()).isEqualTo(outcome);
    }
  }

  @Nested
  class Streams {
    @Test
    void sayTheirSourceOnceAndBeforeTheirContent() throws Exception {
      openai.then(Turn.failure(ErrorCode.RATE_LIMITED), Turn.answer("a", "b"));
      List<Object> passed = new ArrayList<>();
      Sink sink =
          new Sink() {
            @Override
            public void begin(StreamHead head) {
              passed.add(head);
            }

            @Override
            public void accept(Delta delta) {
              passed.add(delta);
            }
          };
      ChatRequest request = ChatRequest.of("gpt-4o", "hi").withStreaming(Streaming.EVENTS);
      Gateway gateway = gateway(GatewaySettings.DEFAULT);
      Outcome outcome =
          time.call(() -> gateway.model().ask(request, Contexts.of(time), sink).outcome());
      assertThat(outcome.details().attempts()).hasSize(2);
      assertThat(passed)
          .containsExactly(StreamHead.inProcess(false), Delta.text("a"), Delta.text("b"));
    }

    @Test
    void sayInTheirStartWhoAnswers() throws Exception {
      openai.then(Turn.answer("a"));
      ChatRequest request = ChatRequest.of("gpt-4o", "hi").withStreaming(Streaming.EVENTS);
      Gateway gateway = gateway(GatewaySettings.DEFAULT);
      time.call(() -> gateway.model().ask(request, Contexts.of(time), Sink.discarding()).outcome());
      assertThat(recorder.starts())
          .singleElement()
          .satisfies(start -> {
            assertThat(start.model()).isEqualTo("gpt-4o");
            assertThat(start.modality()).isEqualTo("text");
            assertThat(start.answering())
                .contains(new Answering(CallKind.PROVIDER, "openai", "gpt-4o", Optional.of(false)));
          });
    }
  }

  @Nested
  class Fallbacks {
    @Test
    void areReachedByAnyNameOfTheModel() throws Exception {
      GatewaySettings settings =
          settings(
              Map.of("big", "openai/gpt-4o", "small", "tiny"), Map.of("big", List.of("small")));
      openai.otherwise(Turn.failure(ErrorCode.PROVIDER_AUTHENTICATION, RetryDecision.never()));
      for (String name : List.of("big", "gpt-4o", "openai/gpt-4o")) {
        Outcome outcome = ask(gateway(settings), name);
        assertThat(outcome).isInstanceOf(Answer.class);
        assertThat(outcome.details().attempts())
            .extracting(Attempt::role)
            .containsExactly(AttemptRole.TRY, AttemptRole.FALLBACK);
        assertThat(outcome.details().provider()).isEqualTo("local");
        assertThat(outcome.details().model()).isEqualTo("tiny");
      }
      assertThat(ask(gateway(settings), "o1").status()).isEqualTo(CallStatus.FAILED);
    }

    @Test
    void areLeftOutWithAWarningWhenTheirProviderCannotBeUsed() throws Exception {
      Gateway gateway =
          gateway(settings(Map.of(), Map.of("gpt-4o", List.of("anthropic/claude", "local/tiny"))));
      assertThat(gateway.warnings())
          .containsExactly(
              "fallbacks.gpt-4o: anthropic/claude is left out, because anthropic cannot be used:"
                  + " set ANTHROPIC_API_KEY");
      openai.then(Turn.failure(ErrorCode.PROVIDER_QUOTA, RetryDecision.never()));
      assertThat(ask(gateway, "gpt-4o").details().provider()).isEqualTo("local");
    }

    @Test
    void areRefusedWhenNobodyKnowsThem() {
      assertThatThrownBy(() -> gateway(settings(Map.of(), Map.of("gpt-4o", List.of("tinny")))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "fallbacks.gpt-4o: No provider is known to have a model \"tinny\". Did you mean"
                  + " local/tiny? Write it as provider/name; GET /v1/models or \"assay models\" lists"
                  + " what can be asked.");
    }

    @Test
    void areRefusedWhenOneIsNamedTwice() {
      assertThatThrownBy(
              () -> gateway(settings(Map.of(), Map.of("gpt-4o", List.of("tiny", "local/tiny")))))
          .hasMessage("fallbacks.gpt-4o: names local/tiny twice");
      assertThatThrownBy(() -> gateway(settings(Map.of(), Map.of("tiny", List.of("local/tiny")))))
          .hasMessage("fallbacks.tiny: names local/tiny twice");
    }

    @Test
    void areRefusedWhenAModelHasTwoLists() {
      assertThatThrownBy(() ->
              gateway(
                  settings(
                      Map.of(), Map.of("o1", List.of("tiny"), "openai/o1", List.of("gpt-4o")))))
          .hasMessageContaining("openai/o1 has two lists");
    }
  }

  @Nested
  class Settings {
    @Test
    void haveTheDocumentedDefaults() {
      GatewaySettings settings = GatewaySettings.DEFAULT;
      assertThat(settings.deadline()).isEqualTo(Duration.ofMinutes(15));
      assertThat(settings.attempts()).isEqualTo(6);
      assertThat(settings.attemptsPerModel()).isEqualTo(4);
      assertThat(settings.retry().backoff()).isEqualTo(Duration.ofSeconds(1));
      assertThat(settings.retry().longestBackoff()).isEqualTo(Duration.ofSeconds(60));
      assertThat(settings.retry().patience()).isEqualTo(Duration.ofSeconds(10));
      assertThat(settings.budget().left()).isEqualTo(6);
    }

    @Test
    void nameTheKeyThatIsWrong() {
      assertThatThrownBy(() -> settings(Map.of("a", " "), Map.of()))
          .hasMessage("aliases.a: is blank");
      assertThatThrownBy(() -> settings(Map.of(), Map.of("a", List.of())))
          .hasMessage("fallbacks.a: is empty");
      assertThatThrownBy(
              () -> settings(Map.of(), Map.of("a", List.of("b", "c", "d", "e", "f", "g"))))
          .hasMessageStartingWith("fallbacks.a: the last is never reached");
      assertThatThrownBy(() -> new RetrySettings(Duration.ZERO, Duration.ofDays(1), Duration.ZERO))
          .hasMessage("retry.backoff: must be positive");
      assertThatThrownBy(() -> new RetrySettings(Duration.ofDays(1), Duration.ZERO, Duration.ZERO))
          .hasMessageStartingWith("retry.longest-backoff: must be at least");
      assertThatThrownBy(
              () -> new RetrySettings(Duration.ofDays(1), Duration.ofDays(2), Duration.ZERO))
          .hasMessage("retry.longest-backoff: must be at most PT24H");
    }
  }
}
