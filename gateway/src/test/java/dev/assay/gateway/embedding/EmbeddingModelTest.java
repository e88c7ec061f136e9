package dev.assay.gateway.embedding;

import static dev.assay.gateway.embedding.EmbeddingBench.overSeeds;
import static dev.assay.gateway.embedding.EmbeddingBench.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Model;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.EmbeddingReport;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.Request;
import dev.assay.core.time.Task;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Usage;
import dev.assay.core.vector.KeyedVector;
import dev.assay.core.vector.Vector;
import dev.assay.testkit.MemoryEmbeddings;
import dev.assay.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which texts travel, for whom, and what their caller gets. */
class EmbeddingModelTest {
  private static List<Float> numbers(Outcome outcome) {
    return ((Answer) outcome)
        .parts().stream().map(part -> ((Part.Embedding) part).vector().at(0)).toList();
  }

  private static EmbeddingReport report(Outcome outcome) {
    return outcome.details().embedding().orElseThrow();
  }

  private static ErrorCode code(Outcome outcome) {
    return ((Failure) outcome).code();
  }

  @Nested
  class One_call {
    @Test
    void sends_each_text_once_and_answers_in_the_order_of_the_request() throws Exception {
      run(
          100,
          bench -> {
            Outcome outcome = bench.ask("a", "bb", "a", "ccc");
            assertThat(numbers(outcome)).containsExactly(1f, 2f, 1f, 3f);
            assertThat(bench.provider.asked).containsExactly(List.of("a", "bb", "ccc"));
            assertThat(report(outcome).cached()).containsOnly(false);
            assertThat(report(outcome).fresh()).hasSize(3);
            assertThat(outcome.details().kind()).isEqualTo(CallKind.PROVIDER);
            assertThat(outcome.details().cost()).isEqualTo(new Cost.Known(new Money(3)));
            assertThat(outcome.details().warnings()).containsExactly("slow");
          });
    }

    @Test
    void lets_only_those_travel_that_are_not_known() throws Exception {
      run(
          100,
          bench -> {
            bench.ask("a", "bb");
            Outcome outcome = bench.ask("ccc", "a", "bb");
            assertThat(numbers(outcome)).containsExactly(3f, 1f, 2f);
            assertThat(bench.provider.asked.getLast()).containsExactly("ccc");
            assertThat(report(outcome).cached()).containsExactly(false, true, true);
            assertThat(report(outcome).hits()).isEqualTo(2);
            assertThat(outcome.details().usage()).isEqualTo(Usage.reported(10, 0));
          });
    }

    @Test
    void sends_nothing_and_costs_nothing_when_all_is_known() throws Exception {
      run(
          100,
          bench -> {
            bench.ask("a");
            Outcome outcome = bench.ask("a", "a");
            assertThat(numbers(outcome)).containsExactly(1f, 1f);
            assertThat(bench.provider.asked).hasSize(1);
            assertThat(outcome.details().kind()).isEqualTo(CallKind.CACHED);
            assertThat(outcome.details().provider()).isEqualTo("p");
            assertThat(outcome.details().cost()).isEqualTo(Cost.free());
            assertThat(outcome.details().usage()).isEqualTo(Usage.NONE);
            assertThat(outcome.details().attempts()).isEmpty();
            assertThat(report(outcome).fresh()).isEmpty();
          });
    }

    @Test
    void makes_as_few_requests_as_the_provider_takes() throws Exception {
      run(
          2,
          bench -> {
            Outcome outcome = bench.ask("a", "bb", "ccc", "dddd", "eeeee");
            assertThat(numbers(outcome)).containsExactly(1f, 2f, 3f, 4f, 5f);
            assertThat(bench.provider.asked)
                .containsExactly(List.of("a", "bb"), List.of("ccc", "dddd"), List.of("eeeee"));
            assertThat(outcome.details().attempts())
                .extracting(Attempt::number)
                .containsExactly(1, 2, 3);
            assertThat(outcome.details().usage()).isEqualTo(Usage.reported(50, 0));
          });
    }

    @Test
    void divides_what_is_too_large_for_one_request() throws Exception {
      run(
          100,
          bench -> {
            String large = "x".repeat(EmbeddingModel.MOST_BYTES / 2);
            bench.ask(large, large + "y", "z");
            assertThat(bench.provider.asked)
                .containsExactly(List.of(large), List.of(large + "y", "z"));
          });
    }

    @Test
    void keeps_what_had_come_when_it_fails() throws Exception {
      run(
          1,
          bench -> {
            bench.provider.failing = Optional.of(ErrorCode.PROVIDER_ERROR);
            bench.provider.left = 2;
            Outcome outcome = bench.ask("a", "bb", "ccc");
            assertThat(code(outcome)).isEqualTo(ErrorCode.PROVIDER_ERROR);
            assertThat(((Failure) outcome).field()).contains("input");
            assertThat(outcome.details().attempts()).hasSize(2);
            assertThat(report(outcome).fresh())
                .extracting(KeyedVector::vector)
                .containsExactly(Vector.of(1));

            bench.provider.failing = Optional.empty();
            assertThat(report(bench.ask("a", "bb")).cached()).containsExactly(true, false);
          });
    }

    @Test
    void fails_when_the_provider_gives_another_number_of_vectors() throws Exception {
      run(
          100,
          bench -> {
            bench.provider.short_ = 1;
            Outcome outcome = bench.ask("a", "bb");
            assertThat(code(outcome)).isEqualTo(ErrorCode.MALFORMED_RESPONSE);
            assertThat(outcome.details().attempts()).hasSize(1);
            assertThat(bench.cache.size()).isZero();
          });
    }

    @Test
    void fails_when_the_vectors_have_another_length_than_was_asked() throws Exception {
      run(
          100,
          bench -> {
            EmbeddingRequest asked =
                new EmbeddingRequest("m", List.of("a"), Optional.of(2), Optional.empty());
            Outcome outcome = bench.model.answer(asked, bench.context(), Sink.discarding());
            assertThat(code(outcome)).isEqualTo(ErrorCode.MALFORMED_RESPONSE);
            assertThat(((Failure) outcome).message())
                .isEqualTo("The provider's vectors have 1 numbers, not the 2 of dimensions.");
            assertThat(bench.cache.size()).isZero();
          });
    }

    @Test
    void keeps_no_vectors_that_it_was_warned_of() throws Exception {
      run(
          100,
          bench -> {
            bench.provider.warning = "input: of 1 text only the first 256 tokens were embedded";
            for (int i = 0; i < 2; i++) {
              Outcome outcome = bench.ask("a");
              assertThat(outcome.details().warnings()).containsExactly(bench.provider.warning);
              assertThat(report(outcome).cached()).containsExactly(false);
              assertThat(report(outcome).fresh()).isEmpty();
            }
            assertThat(bench.cache.size()).isZero();
          });
    }

    @Test
    void passes_other_requests_through() throws Exception {
      VirtualTime time = VirtualTime.seeded(1);
      List<Request> passed = new ArrayList<>();
      Model inner =
          (request, context, sink) -> {
            passed.add(request);
            return new EmbeddingBench.Lengths(time)
                .failure(ErrorCode.UNSUPPORTED_REQUEST, List.of());
          };
      ChatRequest chat = ChatRequest.of("m", "hi");
      new EmbeddingModel(
              new EmbeddingModel.Upstream("p", inner, 1, false, () -> new AttemptBudget(1, 1)),
              new MemoryEmbeddings(),
              time,
              time)
          .answer(chat, new EmbeddingBench(time, 1).context(), Sink.discarding());
      assertThat(passed).containsExactly(chat);
    }
  }

  @Nested
  class Calls_at_the_same_time {
    @Test
    void make_one_request_for_what_both_need() {
      overSeeds(bench -> {
        bench.provider.takes = Duration.ofSeconds(1);
        CallContext one = bench.context();
        CallContext two = bench.context();
        Task<Outcome> first = bench.fork(one, "a", "bb");
        Task<Outcome> second = bench.fork(two, "a", "bb");
        List<Outcome> outcomes = List.of(first.await(), second.await());

        assertThat(bench.provider.asked).containsExactly(List.of("a", "bb"));
        assertThat(outcomes)
            .allSatisfy(outcome -> assertThat(numbers(outcome)).containsExactly(1f, 2f));
        assertThat(outcomes)
            .extracting(outcome -> outcome.details().kind())
            .containsExactlyInAnyOrder(CallKind.PROVIDER, CallKind.COALESCED);
        boolean firstFollows = outcomes.getFirst().details().kind() == CallKind.COALESCED;
        Outcome follower = outcomes.get(firstFollows ? 0 : 1);
        assertThat(follower.details().cost()).isEqualTo(Cost.free());
        assertThat(report(follower).cached()).containsOnly(true);
        assertThat(report(follower).leader()).contains((firstFollows ? two : one).callId());
      });
    }

    @Test
    void ask_for_the_rest_themselves() {
      overSeeds(bench -> {
        bench.provider.takes = Duration.ofSeconds(1);
        Task<Outcome> first = bench.fork(bench.context(), "a", "bb");
        Task<Outcome> second = bench.fork(bench.context(), "bb", "ccc");
        assertThat(numbers(first.await())).containsExactly(1f, 2f);
        assertThat(numbers(second.await())).containsExactly(2f, 3f);
        assertThat(bench.provider.asked.stream().flatMap(List::stream))
            .containsExactlyInAnyOrder("a", "bb", "ccc");
      });
    }

    @Test
    void share_a_failure() {
      overSeeds(bench -> {
        bench.provider.takes = Duration.ofSeconds(1);
        bench.provider.failing = Optional.of(ErrorCode.PROVIDER_QUOTA);
        bench.provider.left = 1;
        Task<Outcome> first = bench.fork(bench.context(), "a");
        Task<Outcome> second = bench.fork(bench.context(), "a");
        assertThat(code(first.await())).isEqualTo(ErrorCode.PROVIDER_QUOTA);
        assertThat(code(second.await())).isEqualTo(ErrorCode.PROVIDER_QUOTA);
        assertThat(bench.provider.asked).hasSize(1);
      });
    }

    @Test
    void go_on_when_the_one_that_asked_is_no_longer_wanted() {
      overSeeds(bench -> {
        bench.provider.takes = Duration.ofSeconds(10);
        CallContext leader = bench.context();
        Task<Outcome> first = bench.fork(leader, "a");
        bench.time.sleep(Duration.ofSeconds(1));
        Task<Outcome> second = bench.fork(bench.context(), "a");
        bench.time.sleep(Duration.ofSeconds(1));
        leader.cancellation().cancel(CancellationReason.DECIDED);

        assertThat(numbers(second.await())).containsExactly(1f);
        // What was paid for is told as it was.
        assertThat(numbers(first.await())).containsExactly(1f);
        assertThat(bench.provider.asked).hasSize(1);
      });
    }

    @Test
    void end_with_the_last_that_wants_it() {
      overSeeds(bench -> {
        bench.provider.takes = Duration.ofSeconds(10);
        CallContext leader = bench.context();
        CallContext follower = bench.context();
        Task<Outcome> first = bench.fork(leader, "a");
        bench.time.sleep(Duration.ofSeconds(1));
        Task<Outcome> second = bench.fork(follower, "a");
        bench.time.sleep(Duration.ofSeconds(1));
        leader.cancellation().cancel(CancellationReason.DECIDED);
        follower.cancellation().cancel(CancellationReason.LOST);

        assertThat(code(first.await())).isEqualTo(ErrorCode.CANCELLED);
        assertThat(code(second.await())).isEqualTo(ErrorCode.CANCELLED);
        assertThat(bench.provider.cancelled).contains(CancellationReason.DECIDED);
        assertThat(bench.time.elapsed()).isEqualTo(Duration.ofSeconds(2));
      });
    }

    @Test
    void end_a_request_that_nobody_waits_for() {
      overSeeds(bench -> {
        bench.provider.takes = Duration.ofSeconds(10);
        CallContext context = bench.context();
        Task<Outcome> call = bench.fork(context, "a");
        bench.time.sleep(Duration.ofSeconds(1));
        context.cancellation().cancel(CancellationReason.SHUTDOWN);
        assertThat(code(call.await())).isEqualTo(ErrorCode.SHUTTING_DOWN);
        assertThat(bench.time.elapsed()).isEqualTo(Duration.ofSeconds(1));
      });
    }

    @Test
    void ask_anew_when_the_time_of_the_one_that_asked_was_up() {
      overSeeds(bench -> {
        bench.provider.takes = Duration.ofSeconds(10);
        Task<Outcome> first = bench.fork(bench.context(Duration.ofSeconds(5)), "a");
        bench.time.sleep(Duration.ofSeconds(1));
        Task<Outcome> second = bench.fork(bench.context(), "a");
        assertThat(code(first.await())).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        assertThat(numbers(second.await())).containsExactly(1f);
        assertThat(bench.provider.asked).hasSize(2);
      });
    }

    @Test
    void wait_no_longer_than_their_own_time() {
      overSeeds(bench -> {
        bench.provider.takes = Duration.ofSeconds(10);
        Task<Outcome> first = bench.fork(bench.context(), "a");
        bench.time.sleep(Duration.ofSeconds(1));
        Task<Outcome> second = bench.fork(bench.context(Duration.ofSeconds(2)), "a");
        Outcome late = second.await();
        assertThat(code(late)).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        assertThat(late.details().attempts()).isEmpty();
        assertThat(numbers(first.await())).containsExactly(1f);
      });
    }
  }
}
