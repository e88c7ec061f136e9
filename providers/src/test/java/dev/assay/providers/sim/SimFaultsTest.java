package dev.assay.providers.sim;

import static dev.assay.providers.sim.Requests.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.core.model.Delta;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.ProviderError;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SimFaultsTest {
  private static final ChatRequest FLAKY = ChatRequest.of("flaky", "What is a token?");

  @Nested
  class TurnedAway {
    @Test
    void byARateLimitThatSaysWhenToComeBack() throws Exception {
      Failure failure = always(Fault.RATE_LIMITED).failure(FLAKY);
      assertThat(failure.code()).isEqualTo(ErrorCode.RATE_LIMITED);
      Duration wait = ((RetryDecision.After) failure.retry()).atLeast();
      assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
      assertThat(failure.details().attempts().getFirst().httpStatus()).contains(429);
      assertThat(failure.details().usage()).isEqualTo(Usage.NONE);
      ProviderError words = failure.provider().orElseThrow();
      assertThat(words.json()).isTrue();
      assertThat(words.body().utf8()).contains("too many requests (simulated)");
    }

    @Test
    void byAServerThatFails() throws Exception {
      Failure failure = always(Fault.SERVER_ERROR).failure(FLAKY);
      assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_ERROR);
      assertThat(failure.retry()).isEqualTo(RetryDecision.soon());
      assertThat(failure.details().attempts().getFirst().httpStatus()).contains(500);
    }

    @Test
    void byAServerThatIsOverloadedInEitherWay() throws Exception {
      SimBench bench = always(Fault.OVERLOADED);
      Set<Integer> statuses = new HashSet<>();
      for (int attempt = 1; attempt <= 20; attempt++) {
        Failure failure = (Failure) bench.ask(FLAKY, attempt);
        assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_OVERLOADED);
        statuses.add(failure.details().attempts().getFirst().httpStatus().orElseThrow());
      }
      assertThat(statuses).containsExactlyInAnyOrder(503, 529);
    }
  }

  @Nested
  class BrokenOff {
    @Test
    void beforeTheFirstByte() throws Exception {
      SimBench bench = always(Fault.FIRST_BYTE_TIMEOUT);
      Failure failure = bench.failure(streamed(FLAKY));
      assertThat(failure.code()).isEqualTo(ErrorCode.FIRST_BYTE_TIMEOUT);
      assertThat(bench.time.elapsed()).isEqualTo(Duration.ofSeconds(5));
      assertThat(bench.streamed).isEmpty();
      assertThat(failure.details().usage()).isEqualTo(Usage.ABSENT);
      assertThat(failure.details().cost()).isEqualTo(Cost.free());
    }

    @Test
    void byAStopInTheMiddleOfAStream() throws Exception {
      SimBench bench = always(Fault.IDLE_TIMEOUT);
      Failure failure = bench.failure(streamed(FLAKY));
      assertThat(failure.code()).isEqualTo(ErrorCode.IDLE_TIMEOUT);
      assertThat(bench.text()).isNotEmpty();
      assertThat(whole()).startsWith(bench.text());
      assertThat(failure.partial()).containsExactly(new Part.Text(bench.text()));
      Duration silence = bench.time.elapsed().minus(bench.moments.getLast());
      assertThat(silence).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void byALostConnection() throws Exception {
      SimBench bench = always(Fault.CONNECTION_LOST);
      Failure stream = bench.failure(streamed(FLAKY));
      assertThat(stream.code()).isEqualTo(ErrorCode.CONNECTION_LOST);
      assertThat(stream.partial()).hasSize(1);
      Failure inOnePiece = bench.failure(FLAKY);
      assertThat(inOnePiece.code()).isEqualTo(ErrorCode.CONNECTION_LOST);
      assertThat(inOnePiece.partial()).isEmpty();
      assertThat(inOnePiece.retry()).isEqualTo(RetryDecision.soon());
    }

    @Test
    void byAnAnswerThatIsNone() throws Exception {
      Failure failure = always(Fault.MALFORMED).failure(FLAKY);
      assertThat(failure.code()).isEqualTo(ErrorCode.MALFORMED_RESPONSE);
      assertThat(failure.retry()).isEqualTo(RetryDecision.never());
    }
  }

  @Nested
  class Spoiled {
    @Test
    void byBrokenJson() throws Exception {
      ChatRequest request = Requests.formatted(FLAKY, new ResponseFormat.JsonObject());
      Answer answer = always(Fault.MALFORMED).answer(request);
      assertThatThrownBy(() -> JsonTree.read(answer.text())).isNotNull();
      assertThat(answer.finish()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void byTruncation() throws Exception {
      Answer answer = always(Fault.TRUNCATED).answer(FLAKY);
      assertThat(answer.finish()).isEqualTo(FinishReason.LENGTH);
      assertThat(whole()).startsWith(answer.text());
      assertThat(answer.text().length()).isLessThan(whole().length());
    }

    @Test
    void byARefusal() throws Exception {
      SimBench bench = always(Fault.REFUSED);
      Answer answer = bench.answer(streamed(FLAKY));
      assertThat(answer.finish()).isEqualTo(FinishReason.REFUSAL);
      assertThat(answer.parts()).hasOnlyElementsOfType(Part.Refusal.class);
      assertThat(bench.streamed).hasOnlyElementsOfType(Delta.Content.Refusal.class);
      assertThat(answer.details().usage().provenance()).isEqualTo(Provenance.REPORTED);
    }
  }

  @Nested
  class Rates {
    @Test
    void areKeptOverManyRequests() throws Exception {
      SimBench bench = new SimBench(SimSettings.DEFAULT.instant());
      Map<ErrorCode, Integer> counts = new EnumMap<>(ErrorCode.class);
      int good = 0;
      for (int i = 0; i < 2_000; i++) {
        Outcome outcome = bench.ask(ChatRequest.of("flaky", "Q" + i), 1);
        if (outcome instanceof Failure failure) {
          counts.merge(failure.code(), 1, Integer::sum);
        } else {
          good++;
        }
      }
      // Truncated and refused answers are answers: 1 - 0.30.
      assertThat(good).isBetween(1_320, 1_480);
      assertThat(counts.get(ErrorCode.RATE_LIMITED)).isBetween(150, 250);
      assertThat(counts.get(ErrorCode.PROVIDER_ERROR)).isBetween(65, 135);
      assertThat(counts)
          .containsOnlyKeys(
              ErrorCode.RATE_LIMITED,
              ErrorCode.PROVIDER_ERROR,
              ErrorCode.PROVIDER_OVERLOADED,
              ErrorCode.FIRST_BYTE_TIMEOUT,
              ErrorCode.IDLE_TIMEOUT,
              ErrorCode.CONNECTION_LOST,
              ErrorCode.MALFORMED_RESPONSE);
    }

    @Test
    void letAnotherAttemptSucceed() throws Exception {
      SimBench bench = new SimBench(SimSettings.DEFAULT.instant());
      for (int i = 0; i < 200; i++) {
        ChatRequest request = ChatRequest.of("flaky", "Q" + i);
        int attempt = 1;
        while (bench.ask(request, attempt) instanceof Failure) {
          attempt++;
        }
        assertThat(attempt).isLessThan(15);
      }
    }

    @Test
    void drawTheSameForTheSameAttempt() throws Exception {
      SimBench one = new SimBench(SimSettings.DEFAULT);
      SimBench other = new SimBench(SimSettings.DEFAULT);
      for (int attempt = 1; attempt <= 20; attempt++) {
        Outcome first = one.ask(FLAKY, attempt);
        Outcome second = other.ask(FLAKY, attempt);
        assertThat(second.getClass()).isEqualTo(first.getClass());
        assertThat(second.details().timings().latency())
            .isEqualTo(first.details().timings().latency());
      }
    }

    @Test
    void areForTheFlakyModelOnly() throws Exception {
      SimBench bench = always(Fault.RATE_LIMITED);
      for (String model : List.of("echo", "small", "large")) {
        assertThat(bench.answer(FLAKY.withModel(model)).text()).isNotEmpty();
      }
    }

    @Test
    void areCheckedAndNamed() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FailureRates.only(Fault.REFUSED, 1.5))
          .withMessage("rates.refused: must be between 0 and 1");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new FailureRates(Map.of(Fault.REFUSED, 0.7, Fault.TRUNCATED, 0.7)))
          .withMessageStartingWith("rates: sum to 1.4");
    }
  }

  @Nested
  class Settings {
    @Test
    void areChecked() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SimSettings(0, -1, Duration.ZERO, FailureRates.NONE, List.of()))
          .withMessageStartingWith("latencyScale:");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new SimSettings(0, 1, Duration.ofSeconds(-1), FailureRates.NONE, List.of()))
          .withMessageStartingWith("patience:");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SimRule(Pattern.compile("a(b)"), "$2"))
          .withMessageStartingWith("template:");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SimRule(Pattern.compile("a(?<x>b)"), "${y}"))
          .withMessageStartingWith("template:");
    }
  }

  private static SimBench always(Fault fault) {
    return new SimBench(SimSettings.DEFAULT.failing(FailureRates.only(fault, 1)));
  }

  private static String whole() throws Exception {
    return new SimBench(SimSettings.DEFAULT.failing(FailureRates.NONE)).answer(FLAKY).text();
  }
}
