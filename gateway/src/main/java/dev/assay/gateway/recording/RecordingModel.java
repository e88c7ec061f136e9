package dev.assay.gateway.recording;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Model;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.EmbeddingReport;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.Request;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.CallStart;
import dev.assay.core.store.Receipt;
import dev.assay.core.store.Recorded;
import dev.assay.core.store.RecordedModel;
import dev.assay.core.store.Recorder;
import dev.assay.core.time.Clock;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records every outcome of a model: answers, failures and refusals, and a defect of this program as
 * the failure of the call that met it.
 */
public final class RecordingModel implements RecordedModel {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingModel.class);

  private final Model model;
  private final Recorder recorder;
  private final Clock clock;
  private final LongAdder unrecorded = new LongAdder();

  /**
   * A recorded model.
   *
   * @param model answers
   * @param recorder takes the outcomes
   * @param clock tells when and how long
   */
  public RecordingModel(Model model, Recorder recorder, Clock clock) {
    this.model = model;
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * How many calls were turned away since the start because the ledger could not be written; the
   * only ones that are not recorded.
   */
  public long unrecorded() {
    return unrecorded.sum();
  }

  @Override
  public Recorded ask(Request request, CallContext context, Sink sink) {
    return new Recording(request, context, sink).run();
  }

  /** One call on its way to the ledger. */
  private final class Recording {
    private final Request request;
    private final CallContext context;
    private final Instant createdAt = clock.now();
    private final long began = clock.nanos();
    private final Bytes body;
    private final Optional<RecordedStream> stream;

    Recording(Request request, CallContext context, Sink sink) {
      this.request = request;
      this.context = context;
      this.body = RequestJson.of(request);
      this.stream =
          request instanceof ChatRequest chat && chat.streaming().events()
              ? Optional.of(recorded(sink))
              : Optional.empty();
    }

    private RecordedStream recorded(Sink sink) {
      CallStart start =
          new CallStart(
              context,
              request.model(),
              body,
              createdAt,
              request.modality(),
              RequestJson.user(request),
              Optional.empty());
      return new RecordedStream(start, sink, recorder, clock, began);
    }

    Recorded run() {
      if (!recorder.admits()) {
        unrecorded.increment();
        // Nothing has happened that could be lost, so the refusal may leave at once.
        return new Recorded(turnedAway(), Receipt.RECORDED);
      }
      Outcome outcome = shown(answered());
      Outcome timed = outcome.withDetails(outcome.details().withTimings(timings()));
      return new Recorded(timed, recorder.record(recordOf(timed)));
    }

    private Outcome answered() {
      try {
        return model.answer(request, context, stream.<Sink>map(s -> s).orElse(Sink.discarding()));
      } catch (RuntimeException | Error defect) {
        LOG.error("A defect ended the call {}", context.callId(), Defect.of(defect));
        return defective();
      }
    }

    /** The outcome as the client can see it: without its content an answer is none. */
    private Outcome shown(Outcome outcome) {
      return switch (outcome) {
        case Answer answer when stream.isPresent() && stream.get().unrecordable() ->
            failure(
                ErrorCode.LEDGER_UNAVAILABLE,
                "The ledger could not record the start of the stream, so nothing was sent on.",
                answer.parts(),
                answer.details());
        case Answer answer -> answer;
        case Failure failure -> failure;
      };
    }

    private Failure turnedAway() {
      return Failure.refused(
          ErrorCode.LEDGER_UNAVAILABLE,
          "The ledger cannot be written, so no new call is made. Try again later.",
          Optional.empty(),
          Details.refused(request.model(), timings()));
    }

    private Failure defective() {
      // What was sent and charged before is not known any more.
      Details details =
          new Details(
              CallKind.PROVIDER,
              "",
              request.model(),
              Usage.ABSENT,
              Cost.unknown(),
              List.of(),
              timings(),
              Optional.empty(),
              List.of(),
              false);
      return failure(
          ErrorCode.INTERNAL_ERROR,
          "A defect of this program ended the call " + context.callId() + ".",
          List.of(),
          details);
    }

    private static Failure failure(
        ErrorCode code, String message, List<Part> partial, Details details) {
      return new Failure(
          code,
          message,
          Optional.empty(),
          RetryDecision.never(),
          Optional.empty(),
          partial,
          details);
    }

    private Timings timings() {
      return new Timings(createdAt, clock.since(began), stream.flatMap(RecordedStream::firstToken));
    }

    private CallRecord recordOf(Outcome outcome) {
      return new CallRecord(
          context,
          request.modality(),
          RequestJson.user(request),
          outcome.details().embedding().flatMap(EmbeddingReport::leader),
          body,
          stream.isPresent() && stream.get().started(),
          outcome,
          delivered(outcome),
          createdAt,
          ResponseIds.of(request, context, outcome));
    }

    private Delivered delivered(Outcome outcome) {
      boolean begun = stream.isPresent() && stream.get().passed();
      Optional<CancellationReason> reason = context.cancellation().reason();
      if (reason.isPresent() && reason.get() == CancellationReason.CLIENT_GONE) {
        return begun ? Delivered.PARTIAL : Delivered.NO;
      }
      return begun && outcome instanceof Failure ? Delivered.PARTIAL : Delivered.YES;
    }
  }
}
