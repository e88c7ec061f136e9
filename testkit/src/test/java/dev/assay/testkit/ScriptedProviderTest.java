package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Principal;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.Streaming;
import dev.assay.core.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ScriptedProviderTest {
  private static final ChatRequest WHOLE = ChatRequest.of("small", "hello");
  private static final ChatRequest STREAM = WHOLE.withStreaming(Streaming.EVENTS);

  private final VirtualTime time = VirtualTime.seeded(1);
  private final ScriptedProvider provider = new ScriptedProvider("fake", time, time);
  private final Cancellation cancellation = new Cancellation();
  private final List<String> streamed = new ArrayList<>();

  @Nested
  class Playing {
    @Test
    void doesOneTurnAnAttemptAndThenTheOther() throws Exception {
      provider
          .then(Turn.answer("one"), Turn.failure(ErrorCode.RATE_LIMITED))
          .otherwise(Turn.answer("other"));
      assertThat(((Answer) ask(WHOLE)).text()).isEqualTo("one");
      assertThat(((Failure) ask(WHOLE)).code()).isEqualTo(ErrorCode.RATE_LIMITED);
      assertThat(((Answer) ask(WHOLE)).text()).isEqualTo("other");
      assertThat(provider.asked()).hasSize(3);
      assertThat(provider.asked().getFirst().request()).isEqualTo(WHOLE);
    }

    @Test
    void streamsPiecesInVirtualTime() throws Exception {
      provider.then(
          Turn.answer("a", "b", "c")
              .paced(Duration.ofSeconds(2))
              .after(Duration.ofMinutes(1))
              .using(Usage.reported(7, 3)));
      Answer answer = (Answer) ask(STREAM);
      assertThat(streamed).containsExactly("a", "b", "c");
      assertThat(answer.text()).isEqualTo("abc");
      assertThat(answer.details().usage()).isEqualTo(Usage.reported(7, 3));
      assertThat(answer.details().attempts()).hasSize(1);
      assertThat(answer.details().timings().firstToken()).contains(Duration.ofMinutes(1));
      assertThat(answer.details().timings().latency()).isEqualTo(Duration.ofSeconds(66));
    }

    @Test
    void givesNothingToTheSinkUnlessItIsAStream() throws Exception {
      provider.then(Turn.answer("a", "b"));
      assertThat(((Answer) ask(WHOLE)).text()).isEqualTo("ab");
      assertThat(streamed).isEmpty();
    }

    @Test
    void keepsWhatWasSaidBeforeAFailure() throws Exception {
      provider.then(
          Turn.failure(ErrorCode.CONNECTION_LOST, RetryDecision.never()).saying("a", "b"));
      Failure failure = (Failure) ask(STREAM);
      assertThat(streamed).containsExactly("a", "b");
      assertThat(failure.partial()).containsExactly(new Part.Text("ab"));
      assertThat(failure.retry()).isEqualTo(RetryDecision.never());
      assertThat(failure.details().attempts().getFirst().error())
          .contains(ErrorCode.CONNECTION_LOST);
    }

    @Test
    void offersTheModelsThatItWasGiven() {
      provider.offering("small", "large");
      assertThat(provider.knownModels()).containsExactlyInAnyOrder("small", "large");
      assertThat(provider.status().models())
          .extracting("id")
          .containsExactly("fake/large", "fake/small");
    }
  }

  @Nested
  class Ending {
    @Test
    void atTheDeadline() throws Exception {
      provider.then(Turn.hanging());
      assertThat(((Failure) ask(WHOLE)).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
      assertThat(time.elapsed()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void whenItIsCancelled() throws Exception {
      provider.then(Turn.hanging().saying("a"));
      Failure failure = (Failure) askAndCancel(STREAM, CancellationReason.LOST);
      assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
      assertThat(failure.partial()).containsExactly(new Part.Text("a"));
      assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void atOnceWhenItWasCancelledBefore() throws Exception {
      cancellation.cancel(CancellationReason.SHUTDOWN);
      assertThat(((Failure) ask(WHOLE)).code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
      assertThat(time.elapsed()).isZero();
    }

    @Test
    void neverBecauseAClientLeftThatWantedNoStream() throws Exception {
      provider.then(Turn.answer("whole").after(Duration.ofMinutes(1)));
      Outcome outcome = askAndCancel(WHOLE, CancellationReason.CLIENT_GONE);
      assertThat(((Answer) outcome).text()).isEqualTo("whole");
    }
  }

  private Outcome ask(ChatRequest request) throws Exception {
    Sink sink = delta -> streamed.add(delta.text());
    return time.call(() -> provider.answer(request, context(), sink));
  }

  private Outcome askAndCancel(ChatRequest request, CancellationReason reason) throws Exception {
    return time.call(() -> {
      time.fork(
          "cancelling",
          () -> {
            time.sleep(Duration.ofSeconds(1));
            cancellation.cancel(reason);
            return reason;
          });
      return provider.answer(request, context(), Sink.discarding());
    });
  }

  private CallContext context() {
    Instant deadline = time.now().plus(Duration.ofMinutes(15));
    return new CallContext(
        new UUID(0, 1),
        CallContext.Attachment.NONE,
        Principal.LOCAL,
        deadline,
        cancellation,
        new AttemptBudget(6, 4),
        Map.of());
  }
}
