package dev.assay.web;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Delta;
import dev.assay.core.model.Sink;
import dev.assay.core.model.StreamHead;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Request;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.CallStart;
import dev.assay.core.store.Receipt;
import dev.assay.core.store.Recorded;
import dev.assay.core.store.RecordedModel;
import dev.assay.core.store.Recorder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A model that does what a test says and records like the gateway's. */
public final class FakeModel implements RecordedModel {
  private final Recorder recorder;
  private final List<ChatRequest> asked = new CopyOnWriteArrayList<>();
  private final List<CallContext> contexts = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = (request, context, sink) -> Outcomes.answer("hello");
  private volatile Function<EmbeddingRequest, Outcome> embedder =
      request -> {
        throw new AssertionError("nobody embeds here");
      };

  FakeModel(Recorder recorder) {
    this.recorder = recorder;
  }

  /** What the model does. */
  @FunctionalInterface
  public interface Behaviour {
    /** Answers. */
    Outcome answer(ChatRequest request, CallContext context, Sink sink) throws Exception;
  }

  /** Does that from now on. */
  public void does(Behaviour next) {
    behaviour = next;
  }

  /** Embeds so from now on. */
  public void embeds(Function<EmbeddingRequest, Outcome> next) {
    embedder = next;
  }

  /** What it was asked. */
  public List<ChatRequest> asked() {
    return asked;
  }

  /** In which contexts. */
  public List<CallContext> contexts() {
    return contexts;
  }

  @Override
  public Recorded ask(Request request, CallContext context, Sink sink) {
    if (!recorder.admits()) {
      Timings none = new Timings(Instant.EPOCH, Duration.ZERO, Optional.empty());
      return new Recorded(
          Failure.refused(
              ErrorCode.LEDGER_UNAVAILABLE,
              "The ledger cannot be written.",
              Optional.empty(),
              Details.refused(request.model(), none)),
          Receipt.RECORDED);
    }
    if (request instanceof EmbeddingRequest embedding) {
      Outcome outcome = embedder.apply(embedding);
      return new Recorded(outcome, recorder.record(record(request, context, outcome, false)));
    }
    ChatRequest chat = (ChatRequest) request;
    asked.add(chat);
    contexts.add(context);
    boolean[] started = new boolean[1];
    Outcome outcome;
    try {
      outcome = behaviour.answer(chat, context, passing(chat, context, sink, started));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return new Recorded(outcome, recorder.record(record(chat, context, outcome, started[0])));
  }

  private Sink passing(ChatRequest request, CallContext context, Sink sink, boolean[] started) {
    return new Sink() {
      @Override
      public void begin(StreamHead head) {
        sink.begin(head);
      }

      @Override
      public void accept(Delta delta) {
        pass(delta, request, context, sink, started);
      }
    };
  }

  private void pass(
      Delta delta, ChatRequest request, CallContext context, Sink sink, boolean[] started) {
    if (!started[0]) {
      started[0] = true;
      recorder.start(new CallStart(context, request.model(), body(request), Instant.EPOCH)).await();
    }
    sink.accept(delta);
  }

  private static Bytes body(Request request) {
    return request.wire().orElseThrow().body();
  }

  private static CallRecord record(
      Request request, CallContext context, Outcome outcome, boolean started) {
    boolean gone =
        context.cancellation().reason().filter(CancellationReason.CLIENT_GONE::equals).isPresent();
    Delivered left = started ? Delivered.PARTIAL : Delivered.NO;
    return new CallRecord(
        context,
        request.modality(),
        Optional.empty(),
        Optional.empty(),
        body(request),
        started,
        outcome,
        gone ? left : Delivered.YES,
        Instant.EPOCH);
  }
}
