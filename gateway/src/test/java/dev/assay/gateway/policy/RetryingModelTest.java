package dev.assay.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Delta;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.AttemptRole;
import dev.assay.core.outcome.CallStatus;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Streaming;
import dev.assay.core.usage.Usage;
import dev.assay.gateway.Contexts;
import dev.assay.testkit.ScriptedProvider;
import dev.assay.testkit.Turn;
import dev.assay.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryingModelTest {
  private static final ChatRequest REQUEST = ChatRequest.of("m", "hello");
  private static final ChatRequest STREAM = REQUEST.withStreaming(Streaming.EVENTS);

  private static RetryingModel retrying(ScriptedProvider provider, VirtualTime time, long seed) {
    return retrying(provider, 0, time, seed);
  }

  private static RetryingModel retrying(
      ScriptedProvider provider, int behind, VirtualTime time, long seed) {
    return new RetryingModel(
        "p", provider, behind, RetrySettings.DEFAULT, time, time, new Random(seed));
  }

  private static RetryDecision after(long seconds) {
    return new RetryDecision.After(Duration.ofSeconds(seconds));
  }

  private static Outcome ask(RetryingModel model, CallContext context) {
    return model.answer(REQUEST, context, Sink.discarding());
  }

  private static List<Duration> delays(Outcome outcome) {
    return outcome.details().attempts().stream().skip(1).map(Attempt::delay).toList();
  }

  @Nested
  class Again {
    @Test
    void passesAnAnswerOnAsItCame() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider = new ScriptedProvider("p", time, time).then(Turn.answer("hi"));
        Outcome outcome = ask(retrying(provider, time, 1), Contexts.of(time));
        assertThat(outcome).isInstanceOf(Answer.class);
        assertThat(outcome.details().attempts()).hasSize(1);
        assertThat(time.elapsed()).isZero();
      });
    }

    @Test
    void answersAfterFailuresAndKeepsEveryAttemptInOrder() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider =
            new ScriptedProvider("p", time, time)
                .then(
                    Turn.failure(ErrorCode.CONNECT_FAILED),
                    Turn.failure(ErrorCode.PROVIDER_OVERLOADED).using(Usage.reported(3, 0)),
                    Turn.answer("hi"));
        Outcome outcome = ask(retrying(provider, time, 1), Contexts.of(time));
        assertThat(outcome).isInstanceOf(Answer.class);
        List<Attempt> attempts = outcome.details().attempts();
        assertThat(attempts).extracting(Attempt::number).containsExactly(1, 2, 3);
        assertThat(attempts).extracting(Attempt::role).containsOnly(AttemptRole.TRY);
        assertThat(attempts)
            .extracting(Attempt::retryReason)
            .containsExactly(
                Optional.empty(),
                Optional.of(ErrorCode.CONNECT_FAILED),
                Optional.of(ErrorCode.PROVIDER_OVERLOADED));
        assertThat(outcome.details().usage()).isEqualTo(Usage.reported(13, 5));
        assertThat(delays(outcome).stream().reduce(Duration.ZERO, Duration::plus))
            .isEqualTo(time.elapsed());
      });
    }

    @Test
    void endsWithTheLastFailureWhenTheModelHasHadItsAttempts() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider =
            new ScriptedProvider("p", time, time).otherwise(Turn.failure(ErrorCode.PROVIDER_ERROR));
        CallContext context = Contexts.of(time);
        Outcome outcome = ask(retrying(provider, time, 1), context);
        assertThat(outcome)
            .isInstanceOfSatisfying(
                Failure.class,
                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_ERROR));
        assertThat(outcome.details().attempts()).hasSize(4);
        assertThat(provider.asked()).hasSize(4);
        assertThat(context.attempts().left()).isEqualTo(2);
      });
    }

    @Test
    void leavesAnAttemptForEachModelBehindIt() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider =
            new ScriptedProvider("p", time, time).otherwise(Turn.failure(ErrorCode.PROVIDER_ERROR));
        CallContext context = Contexts.of(time, Duration.ofMinutes(15), new AttemptBudget(5, 4));
        ask(retrying(provider, 3, time, 1), context);
        assertThat(provider.asked()).hasSize(2);
        assertThat(context.attempts().left()).isEqualTo(3);
      });
    }

    @Test
    void neverTriesAgainWhatIsNotWorthIt() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider =
            new ScriptedProvider("p", time, time)
                .then(Turn.failure(ErrorCode.PROVIDER_REJECTED, RetryDecision.never()));
        Outcome outcome = ask(retrying(provider, time, 1), Contexts.of(time));
        assertThat(outcome.details().attempts()).hasSize(1);
        assertThat(time.elapsed()).isZero();
      });
    }

    @ParameterizedTest
    @EnumSource(names = {"FIRST_BYTE_TIMEOUT", "IDLE_TIMEOUT"})
    void triesARequestOnceMoreThatTimedOutAfterItWasSent(ErrorCode code) throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider = new ScriptedProvider("p", time, time).otherwise(Turn.failure(code));
        ask(retrying(provider, time, 1), Contexts.of(time));
        assertThat(provider.asked()).hasSize(2);
      });
    }

    @Test
    void countsTimeoutsOfBothKindsTogetherAndOtherFailuresApart() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider =
            new ScriptedProvider("p", time, time)
                .then(
                    Turn.failure(ErrorCode.FIRST_BYTE_TIMEOUT),
                    Turn.failure(ErrorCode.CONNECT_TIMEOUT),
                    Turn.failure(ErrorCode.IDLE_TIMEOUT),
                    Turn.answer("too late"));
        Outcome outcome = ask(retrying(provider, time, 1), Contexts.of(time));
        assertThat(outcome)
            .isInstanceOfSatisfying(
                Failure.class,
                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.IDLE_TIMEOUT));
        assertThat(outcome.details().attempts()).hasSize(3);
      });
    }
  }

  @Nested
  class Waiting {
    @Test
    void drawsTheWaitBetweenZeroAndABoundThatDoubles() throws Exception {
      List<Duration> first = new ArrayList<>();
      for (long seed = 0; seed < 500; seed++) {
        long drawn = seed;
        VirtualTime time = VirtualTime.seeded(seed);
        time.run(() -> {
          var provider =
              new ScriptedProvider("p", time, time).otherwise(Turn.failure(ErrorCode.RATE_LIMITED));
          Outcome outcome = ask(retrying(provider, time, drawn), Contexts.of(time));
          List<Duration> delays = delays(outcome);
          assertThat(delays).as("seed %d", drawn).hasSize(3);
          for (int i = 0; i < delays.size(); i++) {
            assertThat(delays.get(i))
                .as("seed %d, wait %d", drawn, i)
                .isBetween(Duration.ZERO, Duration.ofSeconds(1L << i));
          }
          first.add(delays.getFirst());
        });
      }
      // Of 500 even draws each quarter of the second has 125; 35 off would be 3.6 deviations.
      for (int quarter = 0; quarter < 4; quarter++) {
        long from = quarter * 250L;
        assertThat(first)
            .filteredOn(wait -> wait.toMillis() >= from && wait.toMillis() < from + 250)
            .hasSizeBetween(90, 160);
      }
    }

    @Test
    void stopsDoublingAtTheLongestWait() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider =
            new ScriptedProvider("p", time, time).otherwise(Turn.failure(ErrorCode.CONNECT_FAILED));
        CallContext context = Contexts.of(time, Duration.ofDays(1), new AttemptBudget(300, 300));
        List<Duration> delays = delays(ask(retrying(provider, time, 5), context));
        assertThat(delays).hasSize(299);
        assertThat(delays).allMatch(wait -> wait.compareTo(Duration.ofSeconds(60)) <= 0);
        assertThat(delays).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(58)) > 0);
      });
    }

    @Test
    void waitsAsLongAsTheProviderAsksWhenThatIsLonger() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider =
            new ScriptedProvider("p", time, time)
                .then(Turn.failure(ErrorCode.RATE_LIMITED, after(17)), Turn.answer("hi"));
        Outcome outcome = ask(retrying(provider, time, 1), Contexts.of(time));
        assertThat(outcome).isInstanceOf(Answer.class);
        assertThat(delays(outcome)).containsExactly(Duration.ofSeconds(17));
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(17));
      });
    }

    @Test
    void givesUpAtOnceWhenTheWaitWouldPassTheDeadline() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider =
            new ScriptedProvider("p", time, time)
                .otherwise(Turn.failure(ErrorCode.RATE_LIMITED, after(900)));
        Outcome outcome = ask(retrying(provider, time, 1), Contexts.of(time));
        assertThat(outcome)
            .isInstanceOfSatisfying(
                Failure.class,
                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.RATE_LIMITED));
        assertThat(outcome.details().attempts()).hasSize(1);
        assertThat(time.elapsed()).isZero();
      });
    }

    @Test
    void givesUpAtOnceWhenItIsAskedToWaitLongAndAnotherModelStandsBehindIt() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider =
            new ScriptedProvider("p", time, time)
                .otherwise(Turn.failure(ErrorCode.RATE_LIMITED, after(11)));
        Outcome outcome = ask(retrying(provider, 1, time, 1), Contexts.of(time));
        assertThat(outcome.details().attempts()).hasSize(1);
        assertThat(time.elapsed()).isZero();
      });
    }

    @ParameterizedTest
    @EnumSource
    void endsAtOnceWhenTheCallIsNoLongerWanted(CancellationReason reason) throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider =
            new ScriptedProvider("p", time, time)
                .then(Turn.failure(ErrorCode.RATE_LIMITED, after(60)), Turn.answer("late"));
        CallContext context = Contexts.of(time);
        var call =
            time.fork(
                "call",
                () -> retrying(provider, time, 1).answer(STREAM, context, Sink.discarding()));
        time.sleep(Duration.ofSeconds(7));
        context.cancellation().cancel(reason);
        Outcome outcome = call.await();
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(7));
        assertThat(outcome)
            .isInstanceOfSatisfying(
                Failure.class,
                failure -> {
                  assertThat(failure.code()).isEqualTo(reason.code());
                  assertThat(failure.retry()).isEqualTo(RetryDecision.never());
                });
        assertThat(outcome.details().attempts()).hasSize(1);
        assertThat(provider.asked()).hasSize(1);
        if (reason == CancellationReason.CLIENT_GONE) {
          assertThat(outcome.status()).isEqualTo(CallStatus.CANCELLED);
        }
      });
    }

    @Test
    void goesOnForACallInOnePieceWhoseClientLeft() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider =
            new ScriptedProvider("p", time, time)
                .then(Turn.failure(ErrorCode.RATE_LIMITED, after(60)), Turn.answer("late"));
        CallContext context = Contexts.of(time);
        var call = time.fork("call", () -> ask(retrying(provider, time, 1), context));
        time.sleep(Duration.ofSeconds(7));
        context.cancellation().cancel(CancellationReason.CLIENT_GONE);
        assertThat(call.await().status()).isEqualTo(CallStatus.SUCCESS);
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(60));
      });
    }

    @Test
    void endsWhenTheTaskIsInterrupted() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider =
            new ScriptedProvider("p", time, time)
                .then(Turn.failure(ErrorCode.RATE_LIMITED, after(60)));
        var call = time.fork("call", () -> ask(retrying(provider, time, 1), Contexts.of(time)));
        time.sleep(Duration.ofSeconds(1));
        call.interrupt();
        assertThat(call.await().status()).isEqualTo(CallStatus.CANCELLED);
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(1));
      });
    }
  }

  @Nested
  class BeforeTheFirstAttempt {
    @Test
    void sendsNothingForACallThatIsNoLongerWanted() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider = new ScriptedProvider("p", time, time);
        CallContext context = Contexts.of(time);
        context.cancellation().cancel(CancellationReason.CLIENT_GONE);
        Outcome outcome = retrying(provider, time, 1).answer(STREAM, context, Sink.discarding());
        assertThat(outcome.status()).isEqualTo(CallStatus.CANCELLED);
        assertThat(outcome.details().attempts()).isEmpty();
        assertThat(provider.asked()).isEmpty();
      });
    }

    @Test
    void refusesACallWhoseDeadlineHasPassed() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider = new ScriptedProvider("p", time, time);
        CallContext context = Contexts.of(time);
        time.sleep(Duration.ofMinutes(15));
        Outcome outcome = ask(retrying(provider, time, 1), context);
        assertThat(outcome.status()).isEqualTo(CallStatus.REFUSED);
        assertThat(outcome)
            .isInstanceOfSatisfying(
                Failure.class,
                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
        assertThat(provider.asked()).isEmpty();
      });
    }
  }

  @Nested
  class Streams {
    @Test
    void triesAStreamAgainThatFailedBeforeItsFirstContent() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider =
            new ScriptedProvider("p", time, time)
                .then(Turn.failure(ErrorCode.CONNECTION_LOST), Turn.answer("a", "b"));
        List<Delta> passed = new ArrayList<>();
        Outcome outcome =
            retrying(provider, time, 1).answer(STREAM, Contexts.of(time), passed::add);
        assertThat(outcome).isInstanceOf(Answer.class);
        assertThat(passed).containsExactly(Delta.text("a"), Delta.text("b"));
      });
    }

    @Test
    void neverTriesAgainOnceContentHasPassed() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        var provider =
            new ScriptedProvider("p", time, time)
                .then(Turn.failure(ErrorCode.CONNECTION_LOST).saying("a"), Turn.answer("b"));
        List<Delta> passed = new ArrayList<>();
        Outcome outcome =
            retrying(provider, time, 1).answer(STREAM, Contexts.of(time), passed::add);
        assertThat(outcome).isInstanceOf(Failure.class);
        assertThat(passed).containsExactly(Delta.text("a"));
        assertThat(provider.asked()).hasSize(1);
      });
    }
  }
}
