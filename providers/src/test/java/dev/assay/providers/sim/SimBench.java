package dev.assay.providers.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Delta;
import dev.assay.core.model.Principal;
import dev.assay.core.model.Sink;
import dev.assay.core.model.StreamHead;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.Request;
import dev.assay.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A simulator on virtual time, and what was streamed from it. */
final class SimBench {
  final VirtualTime time = VirtualTime.seeded(1);
  final List<Delta.Content> streamed = new ArrayList<>();
  final List<Duration> moments = new ArrayList<>();
  final List<StreamHead> heads = new ArrayList<>();
  final SimProvider provider;
  private final Sink sink =
      new Sink() {
        @Override
        public void begin(StreamHead head) {
          assertThat(streamed).isEmpty();
          heads.add(head);
        }

        @Override
        public void accept(Delta delta) {
          streamed.addAll(delta.content());
          moments.add(time.elapsed());
        }
      };
  private Duration deadline = Duration.ofMinutes(15);

  SimBench(SimSettings settings) {
    provider = new SimProvider(settings, time, time);
  }

  SimBench deadline(Duration other) {
    deadline = other;
    return this;
  }

  Answer answer(Request request) throws Exception {
    return (Answer) ask(request, 1);
  }

  Failure failure(Request request) throws Exception {
    return (Failure) ask(request, 1);
  }

  /** Asks as the given attempt of a call. */
  Outcome ask(Request request, int attempt) throws Exception {
    CallContext context = context(request, attempt);
    return time.call(() -> provider.answer(request, context, sink));
  }

  /** Asks, and cancels after a time. */
  Outcome askAndCancel(Request request, Duration after, CancellationReason reason)
      throws Exception {
    CallContext context = context(request, 1);
    return time.call(() -> {
      time.fork(
          "cancelling",
          () -> {
            time.sleep(after);
            context.cancellation().cancel(reason);
            return reason;
          });
      return provider.answer(request, context, sink);
    });
  }

  private CallContext context(Request request, int attempt) {
    streamed.clear();
    moments.clear();
    heads.clear();
    AttemptBudget budget = new AttemptBudget(1_000, 1_000);
    for (int i = 0; i < attempt; i++) {
      budget.take(request.model());
    }
    return new CallContext(
        new UUID(0, 1),
        CallContext.Attachment.NONE,
        Principal.LOCAL,
        time.now().plus(deadline),
        new Cancellation(),
        budget,
        Map.of());
  }

  /** All text that was streamed. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Delta.Content content : streamed) {
      if (content instanceof Delta.Content.Text(var more)) {
        text.append(more);
      }
    }
    return text.toString();
  }
}
