package dev.assay.gateway.recording;

import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Delta;
import dev.assay.core.model.Sink;
import dev.assay.core.model.StreamHead;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.store.CallStart;
import dev.assay.core.store.CallStart.Answering;
import dev.assay.core.store.Recorder;
import dev.assay.core.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets the content of a stream pass once the call's start is durable. Nothing passes when the start
 * could not be recorded, or when nobody wants the content before it began.
 */
final class RecordedStream implements Sink {
  private enum State {
    SILENT,
    PASSING,
    UNWANTED,
    UNRECORDABLE
  }

  private final CallStart start;
  private final Sink sink;
  private final Recorder recorder;
  private final Clock clock;
  private final long began;
  private State state = State.SILENT;
  private Optional<Duration> firstToken = Optional.empty();
  private Optional<Boolean> simulated = Optional.empty();

  RecordedStream(CallStart start, Sink sink, Recorder recorder, Clock clock, long began) {
    this.start = start;
    this.sink = sink;
    this.recorder = recorder;
    this.clock = clock;
    this.began = began;
  }

  @Override
  public void begin(StreamHead head) {
    simulated = Optional.of(head.simulated());
    sink.begin(head);
  }

  @Override
  public void accept(Delta delta) {
    if (state == State.SILENT) {
      firstToken = Optional.of(clock.since(began));
      state = begin();
    }
    if (state == State.PASSING) {
      sink.accept(delta);
    }
  }

  private State begin() {
    if (start.context().cancellation().cancelled()) {
      return State.UNWANTED;
    }
    if (recorder.start(answered()).await().safe()) {
      return State.PASSING;
    }
    start.context().cancellation().cancel(CancellationReason.UNRECORDABLE);
    return State.UNRECORDABLE;
  }

  private CallStart answered() {
    // Every attempt is taken as provider/model, so the latest is the one that answers.
    Optional<String> latest = start.context().attempts().latest();
    int slash = latest.map(name -> name.indexOf('/')).orElse(-1);
    return slash < 0
        ? start
        : start.answeredBy(
            new Answering(
                CallKind.PROVIDER,
                latest.get().substring(0, slash),
                latest.get().substring(slash + 1),
                simulated));
  }

  /** From the beginning of the call to its first content; empty when there was none. */
  Optional<Duration> firstToken() {
    return firstToken;
  }

  /** Whether the start was given to the recorder. */
  boolean started() {
    return state == State.PASSING || state == State.UNRECORDABLE;
  }

  /** Whether the sink has got content. */
  boolean passed() {
    return state == State.PASSING;
  }

  /** Whether content was held back because its start could not be recorded. */
  boolean unrecordable() {
    return state == State.UNRECORDABLE;
  }
}
