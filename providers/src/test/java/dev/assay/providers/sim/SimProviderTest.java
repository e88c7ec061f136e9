package dev.assay.providers.sim;

import static dev.assay.providers.sim.Requests.sampled;
import static dev.assay.providers.sim.Requests.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Delta;
import dev.assay.core.model.ModelCard;
import dev.assay.core.model.StreamHead;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.Role;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.core.vector.Vector;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimProviderTest {
  private static final ChatRequest ECHO = ChatRequest.of("echo", "What is a  token?\nTell me.");
  private static final ChatRequest SMALL = ChatRequest.of("small", "What is a token?");
  private static final ChatRequest LARGE = ChatRequest.of("large", "What is a token?");

  private final SimBench bench = new SimBench(SimSettings.DEFAULT);

  @Nested
  class Echo {
    @Test
    void saysTheLastUserMessageAtOnce() throws Exception {
      Answer answer = bench.answer(ECHO);
      assertThat(answer.text()).isEqualTo("What is a  token?\nTell me.");
      assertThat(answer.finish()).isEqualTo(FinishReason.STOP);
      assertThat(bench.time.elapsed()).isZero();
      assertThat(bench.streamed).isEmpty();
    }

    @Test
    void streamsItInWords() throws Exception {
      Answer answer = bench.answer(streamed(ECHO));
      assertThat(bench.heads).containsExactly(StreamHead.inProcess(true));
      assertThat(bench.streamed)
          .extracting(content -> ((Delta.Content.Text) content).text())
          .containsExactly("What", " is", " a", "  token?", "\nTell", " me.");
      assertThat(answer.text()).isEqualTo(bench.text());
      assertThat(answer.details().timings().firstToken()).contains(Duration.ZERO);
    }

    @Test
    void passesOverWhatOthersSaid() throws Exception {
      ChatRequest request =
          ChatRequest.of(
              "echo",
              List.of(
                  Message.text(Role.SYSTEM, "Be brief."),
                  Message.text(Role.USER, "mine"),
                  Message.text(Role.ASSISTANT, "yours")));
      assertThat(bench.answer(request).text()).isEqualTo("mine");
    }

    @Test
    void ofNothingIsNothing() throws Exception {
      Answer answer = bench.answer(streamed(ChatRequest.of("echo", "")));
      assertThat(bench.heads).isEmpty();
      assertThat(answer.parts()).isEmpty();
      assertThat(bench.streamed).isEmpty();
      assertThat(answer.details().usage()).isEqualTo(Usage.reported(1, 0));
    }

    @Test
    void countsTokensByTheStatedRule() throws Exception {
      // One for the role, then What, is, a, toke, n?, Tell, me.
      assertThat(bench.answer(ECHO).details().usage()).isEqualTo(Usage.reported(8, 7));
    }
  }

  @Nested
  class Drawing {
    @ParameterizedTest
    @ValueSource(strings = {"echo", "small", "large"})
    void givesTheSameAnswerAndUsageToTheSameRequest(String model) throws Exception {
      ChatRequest request = ChatRequest.of(model, "What is a token?");
      Answer first = bench.answer(request);
      Answer again = new SimBench(SimSettings.DEFAULT.instant()).answer(streamed(request));
      assertThat(again.parts()).isEqualTo(first.parts());
      assertThat(again.details().usage()).isEqualTo(first.details().usage());
      assertThat(((Answer) bench.ask(request, 2)).parts()).isEqualTo(first.parts());
    }

    @Test
    void staysTheSameFromOneVersionToTheNext() throws Exception {
      assertThat(bench.answer(ChatRequest.of("small", "Hello")).text())
          .startsWith(
              "This is a simulated answer. Open result with figure simple before small reader"
                  + " figure number again. Together because usual reason seldom careful second.");
      assertThat(bench.answer(SMALL).details().usage().input()).isEqualTo(6);
    }

    @Test
    void differsBetweenSeedsAndBetweenRequests() throws Exception {
      Set<String> answers = new HashSet<>();
      for (long seed = 0; seed < 20; seed++) {
        SimBench other = new SimBench(SimSettings.DEFAULT.seeded(seed));
        answers.add(other.answer(SMALL).text());
        answers.add(other.answer(sampled(SMALL, Optional.of(1_000L), List.of())).text());
        answers.add(other.answer(ChatRequest.of("small", "And what is a word?")).text());
      }
      assertThat(answers).hasSize(60);
    }

    @Test
    void makesLongerAnswersForTheLargeModel() throws Exception {
      long small = 0;
      long large = 0;
      for (int i = 0; i < 100; i++) {
        small += bench.answer(ChatRequest.of("small", "Q" + i)).details().usage().output();
        large += bench.answer(ChatRequest.of("large", "Q" + i)).details().usage().output();
      }
      assertThat(small / 100).isBetween(50L, 110L);
      assertThat(large / 100).isBetween(200L, 340L);
    }

    @Test
    void answersByTheFirstRuleThatMatches() throws Exception {
      SimBench scripted =
          new SimBench(
              SimSettings.DEFAULT.answering(
                  List.of(
                      new SimRule(Pattern.compile("capital of (?<land>\\w+)"), "${land} City"),
                      new SimRule(Pattern.compile("what is (.*)\\?", 2), "$1 is \\$5"))));
      assertThat(scripted.answer(ChatRequest.of("large", "the capital of Peru?")).text())
          .isEqualTo("Peru City");
      assertThat(scripted.answer(SMALL).text()).isEqualTo("a token is $5");
      assertThat(scripted.answer(ChatRequest.of("small", "hello")).text())
          .startsWith("This is a simulated answer.");
      assertThat(scripted.answer(ECHO).text()).isEqualTo("What is a  token?\nTell me.");
    }
  }

  @Nested
  class Timing {
    @Test
    void takesTimeToTheFirstTokenAndForEachToken() throws Exception {
      Answer answer = bench.answer(streamed(LARGE));
      Duration firstToken = answer.details().timings().firstToken().orElseThrow();
      assertThat(firstToken).isBetween(Duration.ofMillis(100), Duration.ofSeconds(10));
      // 45 tokens a second; the pause before each word is rounded to a nanosecond.
      double seconds = (answer.details().usage().output() - 1) / 45.0;
      assertThat(answer.details().timings().latency().minus(firstToken).toMillis())
          .isCloseTo(Math.round(seconds * 1_000), within(30L));
      assertThat(bench.moments).isSorted().doesNotHaveDuplicates();
      assertThat(bench.moments.getFirst()).isEqualTo(firstToken);
      assertThat(bench.time.elapsed()).isEqualTo(answer.details().timings().latency());
    }

    @Test
    void takesAsLongInOnePiece() throws Exception {
      Duration whole = bench.answer(LARGE).details().timings().latency();
      Duration stream = bench.answer(streamed(LARGE)).details().timings().latency();
      assertThat(whole.toMillis()).isCloseTo(stream.toMillis(), within(1L));
      assertThat(bench.answer(LARGE).details().timings().firstToken()).isEmpty();
    }

    @Test
    void scales() throws Exception {
      Duration usual = bench.answer(SMALL).details().timings().latency();
      SimSettings twice = new SimSettings(0, 2, Duration.ZERO, FailureRates.NONE, List.of());
      Duration doubled = new SimBench(twice).answer(SMALL).details().timings().latency();
      assertThat(doubled.toMillis()).isCloseTo(2 * usual.toMillis(), within(2L));
      assertThat(new SimBench(twice.instant()).answer(SMALL).details().timings().latency())
          .isZero();
    }

    @Test
    void passesAnHourOfTrafficAtOnce() throws Exception {
      long output = 0;
      int calls = 0;
      while (bench.time.elapsed().compareTo(Duration.ofHours(1)) < 0) {
        output += bench.answer(ChatRequest.of("large", "Q" + calls)).details().usage().output();
        calls++;
      }
      assertThat(calls).isGreaterThan(300);
      assertThat(output).isGreaterThan(100_000);
    }
  }

  @Nested
  class Limits {
    @Test
    void endAnAnswerByLength() throws Exception {
      Answer answer = bench.answer(sampled(ECHO, Optional.of(3L), List.of()));
      assertThat(answer.text()).isEqualTo("What is a");
      assertThat(answer.finish()).isEqualTo(FinishReason.LENGTH);
      assertThat(answer.details().usage().output()).isEqualTo(3);
      Answer prose = bench.answer(sampled(LARGE, Optional.of(5L), List.of()));
      assertThat(prose.finish()).isEqualTo(FinishReason.LENGTH);
      assertThat(prose.details().usage().output()).isEqualTo(5);
    }

    @Test
    void endAnAnswerBeforeAStopText() throws Exception {
      Answer answer = bench.answer(sampled(ECHO, Optional.empty(), List.of("never", "token", "?")));
      assertThat(answer.text()).isEqualTo("What is a  ");
      assertThat(answer.finish()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void endACallAtItsDeadline() throws Exception {
      Failure failure = (Failure) bench.deadline(Duration.ofMillis(1)).ask(streamed(LARGE), 1);
      assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
      assertThat(failure.retry()).isEqualTo(RetryDecision.never());
      assertThat(bench.time.elapsed()).isEqualTo(Duration.ofMillis(1));
      assertThat(bench.streamed).isEmpty();
    }

    @Test
    void keepWhatWasSaidBeforeTheDeadline() throws Exception {
      Answer whole = bench.answer(streamed(LARGE));
      Duration middle = whole.details().timings().latency().dividedBy(2);
      Failure failure = (Failure) bench.deadline(middle).ask(streamed(LARGE), 1);
      assertThat(failure.partial()).containsExactly(new Part.Text(bench.text()));
      assertThat(bench.text()).isNotEmpty();
      assertThat(whole.text()).startsWith(bench.text());
      assertThat(failure.details().usage()).isEqualTo(Usage.ABSENT);
    }
  }

  @Nested
  class Cancelling {
    private static final Duration SOON = Duration.ofMillis(10);

    @Test
    void endsTheCallAtOnce() throws Exception {
      Failure failure =
          (Failure) bench.askAndCancel(streamed(LARGE), SOON, CancellationReason.SHUTDOWN);
      assertThat(failure.code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
      assertThat(bench.time.elapsed()).isEqualTo(SOON);
    }

    @Test
    void ofAStreamWhoseClientLeftEndsWithTheAnswerAndItsUsage() throws Exception {
      Answer answer =
          (Answer) bench.askAndCancel(streamed(LARGE), SOON, CancellationReason.CLIENT_GONE);
      assertThat(answer.details().usage().provenance()).isEqualTo(Provenance.REPORTED);
      assertThat(bench.streamed).isEmpty();
      assertThat(bench.time.elapsed()).isEqualTo(SOON);
    }

    @Test
    void byAClientThatWantedNoStreamChangesNothing() throws Exception {
      Answer answer = (Answer) bench.askAndCancel(LARGE, SOON, CancellationReason.CLIENT_GONE);
      assertThat(answer.details().timings().latency()).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void beforeTheBeginningAnswersNothing() throws Exception {
      Failure failure =
          (Failure) bench.askAndCancel(SMALL, Duration.ZERO, CancellationReason.DECIDED);
      assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
      assertThat(bench.time.elapsed()).isZero();
    }
  }

  @Nested
  class Caching {
    private final ChatRequest question = ChatRequest.of("small", "word ".repeat(2_000));

    @Test
    void writesALongPromptAndReadsItAgainWithinFiveMinutes() throws Exception {
      Usage first = bench.answer(question).details().usage();
      assertThat(first.cacheRead()).isZero();
      assertThat(first.cacheWrite5m()).isEqualTo(1_920);
      assertThat(first.input()).isEqualTo(2_002 - 1_920);
      Usage second = bench.answer(question).details().usage();
      assertThat(second.cacheRead()).isEqualTo(1_920);
      assertThat(second.cacheWrite5m()).isZero();
      assertThat(second.total()).isEqualTo(first.total());
    }

    @Test
    void writesOnlyWhatIsNew() throws Exception {
      bench.answer(question);
      ChatRequest longer = ChatRequest.of("small", "word ".repeat(2_000) + "more ".repeat(500));
      Usage usage = bench.answer(longer).details().usage();
      assertThat(usage.cacheRead()).isEqualTo(1_920);
      assertThat(usage.cacheWrite5m()).isEqualTo(512);
    }

    @Test
    void forgetsAfterFiveMinutesAndRenewsByReading() throws Exception {
      bench.answer(question);
      bench.time.run(() -> bench.time.sleep(Duration.ofMinutes(4)));
      assertThat(bench.answer(question).details().usage().cacheRead()).isEqualTo(1_920);
      bench.time.run(() -> bench.time.sleep(Duration.ofMinutes(4)));
      assertThat(bench.answer(question).details().usage().cacheRead()).isEqualTo(1_920);
      bench.time.run(() -> bench.time.sleep(Duration.ofMinutes(5)));
      assertThat(bench.answer(question).details().usage().cacheRead()).isZero();
    }

    @Test
    void isApartForEachModelAndNotForShortPrompts() throws Exception {
      bench.answer(question);
      assertThat(bench.answer(question.withModel("large")).details().usage().cacheRead()).isZero();
      bench.answer(SMALL);
      assertThat(bench.answer(SMALL).details().usage().cacheRead()).isZero();
    }

    @Test
    void makesTheFirstTokenComeSooner() throws Exception {
      Duration first = bench.answer(question).details().timings().latency();
      Duration second = bench.answer(question).details().timings().latency();
      assertThat(second).isLessThan(first);
    }
  }

  @Nested
  class Reporting {
    @Test
    void marksEveryOutcomeAsSimulatedAndFree() throws Exception {
      Answer answer = bench.answer(SMALL);
      assertThat(answer.details().simulated()).isTrue();
      assertThat(answer.details().warnings()).containsExactly("simulated");
      assertThat(answer.details().cost()).isEqualTo(Cost.free());
      assertThat(answer.details().provider()).isEqualTo("sim");
      assertThat(answer.details().model()).isEqualTo("small");
      assertThat(answer.details().exchange()).isEmpty();
      Attempt attempt = answer.details().attempts().getFirst();
      assertThat(answer.details().attempts()).hasSize(1);
      assertThat(attempt.number()).isEqualTo(1);
      assertThat(attempt.endpoint()).isEmpty();
      assertThat(attempt.providerRequestId().orElseThrow()).startsWith("sim_");
    }

    @Test
    void saysWhichModelsThereAre() {
      assertThat(bench.provider.closed()).isTrue();
      assertThat(bench.provider.knownModels())
          .containsExactlyInAnyOrder("echo", "small", "large", "flaky", "embedding");
      assertThat(bench.provider.status().usable()).isTrue();
      assertThat(bench.provider.status().models())
          .extracting(ModelCard::id)
          .containsExactly("sim/echo", "sim/small", "sim/large", "sim/flaky", "sim/embedding");
      assertThat(bench.provider.status().models()).allMatch(ModelCard::simulated);
    }

    @Test
    void refusesAModelThatItDoesNotHave() throws Exception {
      Failure failure = bench.failure(ChatRequest.of("huge", "hello"));
      assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_MODEL_NOT_FOUND);
      assertThat(failure.field()).contains("model");
      assertThat(failure.message()).contains("echo, small, large, flaky");
      assertThat(failure.details().simulated()).isTrue();
      assertThat(failure.details().attempts()).hasSize(1);
    }

    @Test
    void refusesEmbeddingsByAnotherModelOrOfTooManyNumbers() throws Exception {
      EmbeddingRequest request =
          new EmbeddingRequest("small", List.of("x"), Optional.empty(), Optional.empty());
      assertThat(bench.failure(request).code()).isEqualTo(ErrorCode.PROVIDER_MODEL_NOT_FOUND);
      EmbeddingRequest large =
          new EmbeddingRequest("embedding", List.of("x"), Optional.of(5_000), Optional.empty());
      assertThat(bench.failure(large).field()).contains("dimensions");
    }

    @Test
    void embedsTheSameTextAlwaysInTheSameDirection() throws Exception {
      Answer answer =
          bench.answer(
              new EmbeddingRequest(
                  "embedding", List.of("one", "two", "one"), Optional.empty(), Optional.empty()));
      List<Vector> vectors =
          answer.parts().stream().map(part -> ((Part.Embedding) part).vector()).toList();
      assertThat(vectors.get(0)).isEqualTo(vectors.get(2)).isNotEqualTo(vectors.get(1));
      assertThat(vectors)
          .allSatisfy(vector -> {
            assertThat(vector.dimension()).isEqualTo(256);
            assertThat(vector.norm()).isCloseTo(1, within(1e-6));
          });
      assertThat(answer.details().usage()).isEqualTo(Usage.reported(3, 0));
      assertThat(answer.details().simulated()).isTrue();
    }

    @Test
    void refusesSeveralChoices() throws Exception {
      Failure failure = bench.failure(Requests.choices(SMALL, 2));
      assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_REJECTED);
      assertThat(failure.field()).contains("n");
    }
  }
}
