package dev.assay.gateway.embedding;

import dev.assay.core.id.UuidV7;
import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Model;
import dev.assay.core.model.Principal;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.AttemptRole;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.Request;
import dev.assay.core.time.Signal;
import dev.assay.core.time.Task;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Usage;
import dev.assay.core.vector.Vector;
import dev.assay.testkit.MemoryEmbeddings;
import dev.assay.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One provider behind the cache, in virtual time. */
final class EmbeddingBench {
  private static final int SEEDS = 50;

  final VirtualTime time;
  final MemoryEmbeddings cache = new MemoryEmbeddings();
  final Lengths provider;
  final EmbeddingModel model;
  private final UuidV7 ids;

  EmbeddingBench(VirtualTime time, int batch) {
    this.time = time;
    this.provider = new Lengths(time);
    this.ids = new UuidV7(time, new Random(1));
    this.model =
        new EmbeddingModel(
            new EmbeddingModel.Upstream("p", provider, batch, false, () -> new AttemptBudget(6, 4)),
            cache,
            time,
            time);
  }

  CallContext context(Duration atMost) {
    return new CallContext(
        ids.next(),
        CallContext.Attachment.NONE,
        Principal.LOCAL,
        time.now().plus(atMost),
        new Cancellation(),
        new AttemptBudget(6, 4),
        Map.of());
  }

  CallContext context() {
    return context(Duration.ofMinutes(15));
  }

  Outcome ask(CallContext context, String... texts) {
    return model.answer(request(texts), context, Sink.discarding());
  }

  Outcome ask(String... texts) {
    return ask(context(), texts);
  }

  Task<Outcome> fork(CallContext context, String... texts) {
    return time.fork("call", () -> ask(context, texts));
  }

  /** A request for texts. */
  static EmbeddingRequest request(String... texts) {
    return new EmbeddingRequest("m", List.of(texts), Optional.empty(), Optional.empty());
  }

  /** Runs a body once over a provider that takes so many texts at once. */
  static void run(int batch, Body body) throws Exception {
    VirtualTime time = VirtualTime.seeded(1);
    time.run(() -> body.run(new EmbeddingBench(time, batch)));
  }

  /** Runs a body in many orders of what happens at the same time. */
  static void overSeeds(Body body) {
    VirtualTime.overSeeds(SEEDS, time -> body.run(new EmbeddingBench(time, 100)));
  }

  /** What is done with a bench. */
  @FunctionalInterface
  interface Body {
    void run(EmbeddingBench bench) throws Exception;
  }

  /** A provider that gives each text's length, after a while. */
  static final class Lengths implements Model {
    private final VirtualTime time;
    final List<List<String>> asked = new ArrayList<>();
    Duration takes = Duration.ZERO;
    Optional<ErrorCode> failing = Optional.empty();
    int left = Integer.MAX_VALUE;
    int short_;
    String warning = "slow";
    Optional<CancellationReason> cancelled = Optional.empty();

    Lengths(VirtualTime time) {
      this.time = time;
    }

    @Override
    public Outcome answer(Request request, CallContext context, Sink sink) {
      List<String> texts = ((EmbeddingRequest) request).texts();
      asked.add(texts);
      left--;
      Signal ended = time.signal();
      try (var _ = context.cancellation().onCancel(reason -> ended.fire())) {
        ended.await(min(takes, Duration.between(time.now(), context.deadline())));
      } catch (InterruptedException interrupt) {
        throw new IllegalStateException(interrupt);
      }
      cancelled = context.cancellation().reason();
      if (cancelled.isPresent()) {
        return failure(cancelled.get().code(), texts);
      }
      if (!time.now().isBefore(context.deadline())) {
        return failure(ErrorCode.DEADLINE_EXCEEDED, texts);
      }
      if (failing.isPresent() && left < 1) {
        return failure(failing.get(), texts);
      }
      List<Part> parts =
          texts.stream()
              .skip(short_)
              .<Part>map(text -> new Part.Embedding(Vector.of(text.length())))
              .toList();
      return new Answer(parts, FinishReason.STOP, details(texts, Optional.empty()));
    }

    private static Duration min(Duration one, Duration other) {
      return one.compareTo(other) < 0 ? one : other;
    }

    Failure failure(ErrorCode code, List<String> texts) {
      return new Failure(
          code,
          "No.",
          Optional.of("input[0]"),
          RetryDecision.never(),
          Optional.empty(),
          List.of(),
          details(texts, Optional.of(code)));
    }

    private Details details(List<String> texts, Optional<ErrorCode> code) {
      Attempt attempt =
          new Attempt(
              1,
              AttemptRole.TRY,
              "p",
              "m",
              Optional.empty(),
              Optional.empty(),
              code,
              Optional.empty(),
              Duration.ZERO,
              Duration.ZERO,
              Usage.reported(10L * texts.size(), 0),
              new Cost.Known(new Money(texts.size())),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              time.now());
      return Details.of(attempt, Optional.empty(), Optional.empty(), List.of(warning), false);
    }
  }
}
