package dev.assay.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.assay.gateway.Contexts;
import dev.assay.testkit.ScriptedProvider;
import dev.assay.testkit.Turn;
import dev.assay.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FallbackModelTest {
  private static final ChatRequest REQUEST = ChatRequest.of("asked", "hello");
  private static final ChatRequest STREAM = REQUEST.withStreaming(Streaming.EVENTS);

  private static final Set<ErrorCode> GOES_ON =
      Set.of(
          ErrorCode.PROVIDER_MODEL_NOT_FOUND,
          ErrorCode.PROVIDER_AUTHENTICATION,
          ErrorCode.PROVIDER_QUOTA,
          ErrorCode.RATE_LIMITED,
          ErrorCode.PROVIDER_OVERLOADED,
          ErrorCode.PROVIDER_ERROR,
          ErrorCode.MALFORMED_RESPONSE,
          ErrorCode.RESPONSE_TOO_LARGE,
          ErrorCode.FIRST_BYTE_TIMEOUT,
          ErrorCode.IDLE_TIMEOUT,
          ErrorCode.CONNECT_FAILED,
          ErrorCode.CONNECT_TIMEOUT,
          ErrorCode.CONNECTION_LOST);

  /** Three providers, a to c, behind one list. */
  private record Three(
      ScriptedProvider a, ScriptedProvider b, ScriptedProvider c, FallbackModel model) {
    static Three on(VirtualTime time) {
      var a = new ScriptedProvider("a", time, time);
      var b = new ScriptedProvider("b", time, time);
      var c = new ScriptedProvider("c", time, time);
      return new Three(
          a,
          b,
          c,
          new FallbackModel(List.of(step(a, 2, time), step(b, 1, time), step(c, 0, time)), time));
    }

    private static FallbackModel.Step step(
        ScriptedProvider provider, int behind, VirtualTime time) {
      return new FallbackModel.Step(
          "at-" + provider.name(),
          new RetryingModel(
              provider.name(), provider, behind, RetrySettings.DEFAULT, time, time, new Random(1)));
    }
  }

  private static Turn hopeless(ErrorCode code) {
    return Turn.failure(code, RetryDecision.never());
  }

  @ParameterizedTest
  @EnumSource
  void goesOnWhenTheProviderTheNetworkOrTheAccountIsAtFault(ErrorCode code) throws Exception {
    VirtualTime time = VirtualTime.seeded(1);
    time.run(() -> {
      Three three = Three.on(time);
      three.a.then(hopeless(code));
      Outcome outcome = three.model.answer(REQUEST, Contexts.of(time), Sink.discarding());
      assertThat(three.b.asked()).hasSize(GOES_ON.contains(code) ? 1 : 0);
      assertThat(outcome instanceof Answer).isEqualTo(GOES_ON.contains(code));
    });
  }

  @Nested
  class Attempts {
    @Test
    void keepTheirPlacesAcrossModels() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        Three three = Three.on(time);
        three.a.then(Turn.failure(ErrorCode.RATE_LIMITED), hopeless(ErrorCode.PROVIDER_QUOTA));
        three.b.then(Turn.failure(ErrorCode.CONNECT_FAILED), Turn.answer("hi"));
        Outcome outcome = three.model.answer(REQUEST, Contexts.of(time), Sink.discarding());
        List<Attempt> attempts = outcome.details().attempts();
        assertThat(attempts).extracting(Attempt::number).containsExactly(1, 2, 3, 4);
        assertThat(attempts).extracting(Attempt::provider).containsExactly("a", "a", "b", "b");
        assertThat(attempts)
            .extracting(Attempt::model)
            .containsExactly("at-a", "at-a", "at-b", "at-b");
        assertThat(attempts)
            .extracting(Attempt::role)
            .containsExactly(
                AttemptRole.TRY, AttemptRole.TRY, AttemptRole.FALLBACK, AttemptRole.TRY);
        assertThat(attempts)
            .extracting(Attempt::retryReason)
            .containsExactly(
                Optional.empty(),
                Optional.of(ErrorCode.RATE_LIMITED),
                Optional.of(ErrorCode.PROVIDER_QUOTA),
                Optional.of(ErrorCode.CONNECT_FAILED));
        assertThat(outcome.details().provider()).isEqualTo("b");
        assertThat(outcome.details().model()).isEqualTo("at-b");
      });
    }

    @Test
    void areSharedSoThatEveryModelIsReached() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        Three three = Three.on(time);
        List.of(three.a, three.b, three.c)
            .forEach(provider -> provider.otherwise(Turn.failure(ErrorCode.PROVIDER_ERROR)));
        Outcome outcome = three.model.answer(REQUEST, Contexts.of(time), Sink.discarding());
        assertThat(outcome).isInstanceOf(Failure.class);
        assertThat(outcome.details().attempts()).hasSize(6);
        assertThat(three.a.asked()).hasSize(4);
        assertThat(three.b.asked()).hasSize(1);
        assertThat(three.c.asked()).hasSize(1);
        assertThat(outcome.details().provider()).isEqualTo("c");
      });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.gateway.Seeds#some")
    void neverExceedTheBudgetWhateverHappens(long seed) throws Exception {
      Random random = new Random(seed);
      VirtualTime time = VirtualTime.seeded(seed);
      time.run(() -> {
        Three three = Three.on(time);
        for (ScriptedProvider provider : List.of(three.a, three.b, three.c)) {
          for (int i = 0; i < 6; i++) {
            provider.then(random.nextInt(5) == 0 ? Turn.answer("hi") : failure(random));
          }
        }
        CallContext context = Contexts.of(time);
        Outcome outcome = three.model.answer(REQUEST, context, Sink.discarding());
        int asked = three.a.asked().size() + three.b.asked().size() + three.c.asked().size();
        assertThat(outcome.details().attempts()).hasSize(asked).hasSizeLessThanOrEqualTo(6);
        assertThat(three.a.asked()).hasSizeLessThanOrEqualTo(4);
        assertThat(time.now()).isBefore(context.deadline());
        if (outcome instanceof Failure) {
          assertThat(three.c.asked()).isNotEmpty();
        }
      });
    }

    private static Turn failure(Random random) {
      List<ErrorCode> codes = GOES_ON.stream().sorted().toList();
      return Turn.failure(
          codes.get(random.nextInt(codes.size())),
          new RetryDecision.After(Duration.ofSeconds(random.nextInt(400))));
    }
  }

  @Nested
  class Time {
    @Test
    void isNotSpentOnALongWaitWhileAnotherModelCanAnswer() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        Three three = Three.on(time);
        three.a.then(
            Turn.failure(ErrorCode.RATE_LIMITED, new RetryDecision.After(Duration.ofMinutes(1))));
        Outcome outcome = three.model.answer(REQUEST, Contexts.of(time), Sink.discarding());
        assertThat(outcome).isInstanceOf(Answer.class);
        assertThat(three.b.asked()).hasSize(1);
        assertThat(time.elapsed()).isZero();
      });
    }

    @Test
    void thatIsOverEndsTheList() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        Three three = Three.on(time);
        three.a.then(hopeless(ErrorCode.FIRST_BYTE_TIMEOUT).after(Duration.ofMinutes(15)));
        Outcome outcome = three.model.answer(REQUEST, Contexts.of(time), Sink.discarding());
        assertThat(outcome).isInstanceOf(Failure.class);
        assertThat(outcome.details().attempts()).hasSize(1);
        assertThat(three.b.asked()).isEmpty();
      });
    }

    @Test
    void ofACallThatIsNoLongerWantedIsNotSpent() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        Three three = Three.on(time);
        three.a.then(
            Turn.failure(ErrorCode.RATE_LIMITED, new RetryDecision.After(Duration.ofSeconds(9))));
        CallContext context = Contexts.of(time);
        var call = time.fork("call", () -> three.model.answer(STREAM, context, Sink.discarding()));
        time.sleep(Duration.ofSeconds(2));
        context.cancellation().cancel(CancellationReason.CLIENT_GONE);
        assertThat(call.await().status()).isEqualTo(CallStatus.CANCELLED);
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(2));
        assertThat(three.b.asked()).isEmpty();
      });
    }
  }

  @Nested
  class Streams {
    @Test
    void goOnBeforeTheirFirstContent() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        Three three = Three.on(time);
        three.a.then(hopeless(ErrorCode.CONNECTION_LOST));
        three.b.then(Turn.answer("x", "y"));
        List<Delta> passed = new ArrayList<>();
        Outcome outcome = three.model.answer(STREAM, Contexts.of(time), passed::add);
        assertThat(outcome).isInstanceOf(Answer.class);
        assertThat(passed).containsExactly(Delta.text("x"), Delta.text("y"));
      });
    }

    @Test
    void endWhereTheyAreAfterIt() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      time.run(() -> {
        Three three = Three.on(time);
        three.a.then(Turn.failure(ErrorCode.CONNECTION_LOST).saying("x"));
        List<Delta> passed = new ArrayList<>();
        Outcome outcome = three.model.answer(STREAM, Contexts.of(time), passed::add);
        assertThat(outcome).isInstanceOf(Failure.class);
        assertThat(passed).containsExactly(Delta.text("x"));
        assertThat(three.b.asked()).isEmpty();
      });
    }
  }
}
