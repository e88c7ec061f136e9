package dev.assay.providers.attempt;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Delta;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.outcome.StreamEvent;
import dev.assay.core.request.Part;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Tasks;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerEvent;
import dev.assay.wire.format.EventReader;
import dev.assay.wire.format.UpstreamFormat;
import dev.assay.wire.http.HttpFailure;
import dev.assay.wire.http.HttpResponse;
import dev.assay.wire.sse.Sse;
import dev.assay.wire.sse.SseReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one streamed answer. For one thread.
 *
 * <p>What comes before the first content is held back and passes with it; the event with the finish
 * reason and all behind it stay with the outcome. When the client has left, it reads on quietly for
 * the usage, a mebibyte at most; how long, the HTTP client watches.
 */
final class AnswerStream {
  private static final int READ_ON_AT_MOST = 1024 * 1024;
  private static final int MOST_AFTER_THE_END = 16;

  private final UpstreamFormat format;
  private final HttpResponse response;
  private final boolean wanted;
  private final AttemptReport report;
  private final int largestAnswer;
  private final CallContext context;
  private final Sink sink;
  private final Tasks tasks;
  private final Secrets secrets;
  private final Head head;
  private final SseReader source;
  private final EventReader reader;
  private final StreamRecord record = new StreamRecord();
  private final List<Bytes> prelude = new ArrayList<>();
  private final List<StreamEvent> held = new ArrayList<>();
  private boolean contentPassed;
  private int readOn;

  /**
   * A stream whose head has come.
   *
   * @param wanted whether a stream was asked for; if not, it is put together quietly and to its end
   */
  AnswerStream(
      UpstreamFormat format,
      HttpResponse response,
      boolean wanted,
      AttemptReport report,
      int largestAnswer,
      CallContext context,
      Sink sink,
      Tasks tasks) {
    this.format = format;
    this.response = response;
    this.wanted = wanted;
    this.report = report;
    this.largestAnswer = largestAnswer;
    this.context = context;
    this.sink = sink;
    this.tasks = tasks;
    this.secrets = report.secrets();
    this.head = Head.of(response, secrets);
    this.source = new SseReader(response.body(), largestAnswer);
    this.reader = format.events();
  }

  Outcome outcome() {
    try {
      Optional<Outcome> outcome = next();
      while (outcome.isEmpty()) {
        outcome = next();
      }
      return outcome.get();
    } catch (IOException broken) {
      return brokenOff();
    } finally {
      if (!reader.done()) {
        response.close();
      }
    }
  }

  private Optional<Outcome> next() throws IOException {
    return switch (source.next()) {
      case Sse.Event event -> take(scrubbed(event));
      case Sse.TooLarge() -> Optional.of(tooLarge());
      case Sse.End() -> Optional.of(ended());
    };
  }

  private Sse.Event scrubbed(Sse.Event event) {
    Bytes raw = secrets.scrub(event.raw());
    return raw.equals(event.raw())
        ? event
        : new Sse.Event(
            raw, secrets.scrub(event.data()), event.type(), event.lastId(), event.complete());
  }

  private Optional<Outcome> take(Sse.Event event) {
    AnswerEvent said = reader.read(event.data());
    if (said.kind() == AnswerEvent.Kind.MALFORMED && !event.complete()) {
      record.addCut(event);
      return Optional.of(ended());
    }
    record.add(event, said.kind());
    if (record.size() > largestAnswer) {
      return Optional.of(tooLarge());
    }
    if (abandoned()) {
      readOn += event.raw().length();
      if (readOn > READ_ON_AT_MOST) {
        return Optional.of(
            failed(ErrorCode.CANCELLED, "The client left, and the rest is too long to read."));
      }
    }
    return sort(said, whole(event));
  }

  /** Passes an event on or holds it; an outcome when it is the last. */
  private Optional<Outcome> sort(AnswerEvent said, Bytes raw) {
    switch (said.kind()) {
      case PRELUDE -> prelude.add(raw);
      case CONTENT -> pass(said, raw);
      case FINISH -> hold(StreamEvent.Kind.FINISH, raw, said.content());
      case USAGE -> hold(StreamEvent.Kind.USAGE, raw, said.content());
      case OTHER -> hold(StreamEvent.Kind.OTHER, raw, said.content());
      case DONE -> {
        hold(StreamEvent.Kind.DONE, raw, said.content());
        return Optional.of(done());
      }
      case ERROR -> {
        Received received = received();
        return Optional.of(
            report.told(
                said.error(),
                record.last(),
                response.headers(),
                received.parts(),
                used(),
                received.reception()));
      }
      case MALFORMED -> {
        // The answer is whole; whatever this is, it takes nothing away from it.
        if (reader.finished()) {
          hold(StreamEvent.Kind.OTHER, raw, List.of());
          return Optional.empty();
        }
        return Optional.of(
            failed(ErrorCode.MALFORMED_RESPONSE, "An event of the provider's stream is not JSON."));
      }
    }
    return Optional.empty();
  }

  private void pass(AnswerEvent said, Bytes raw) {
    report.contentBegan();
    response.contentBegan();
    if (!wanted || abandoned()) {
      return;
    }
    if (!contentPassed) {
      sink.begin(report.head(format.format(), head));
    }
    prelude.forEach(earlier -> accept(List.of(), earlier));
    prelude.clear();
    accept(said.content(), raw);
    contentPassed = true;
  }

  private void accept(List<Delta.Content> content, Bytes raw) {
    sink.accept(new Delta(content, Optional.of(new Delta.Raw(format.format(), raw))));
  }

  private void hold(StreamEvent.Kind kind, Bytes raw, List<Delta.Content> content) {
    held.add(new StreamEvent(kind, raw, content));
  }

  private boolean abandoned() {
    return wanted
        && context.cancellation().reason().equals(Optional.of(CancellationReason.CLIENT_GONE));
  }

  /** The end mark came: nothing behind it matters but the connection, which may serve again. */
  private Outcome done() {
    Outcome outcome = ended();
    tasks.fork("drain", this::drain);
    return outcome;
  }

  private boolean drain() {
    try (response) {
      for (int i = 0; i < MOST_AFTER_THE_END; i++) {
        if (!(source.next() instanceof Sse.Event)) {
          return true;
        }
      }
      return false;
    } catch (IOException broken) {
      return false;
    }
  }

  private Outcome ended() {
    if (reader.finished() || (reader.done() && !reader.parts().isEmpty())) {
      return answer(List.of());
    }
    if (record.empty() || reader.done()) {
      return failed(ErrorCode.MALFORMED_RESPONSE, "The provider's stream has no answer in it.");
    }
    return lost("The provider's stream ended without a finish reason.");
  }

  private Outcome brokenOff() {
    if (reader.finished()) {
      return answer(List.of("the stream broke behind its finish reason"));
    }
    return response
        .failure()
        .<Outcome>map(this::broken)
        .orElseGet(() -> lost("The provider's stream broke."));
  }

  private Outcome answer(List<String> warnings) {
    Received received = received();
    AttemptReport.Said said =
        new AttemptReport.Said(
            received.parts(), reader.finish(), reader.usage(), reader.model(), reader.id());
    return report.answer(said, received.reception(), warnings);
  }

  private Failure lost(String message) {
    return broken(new HttpFailure(ErrorCode.CONNECTION_LOST, message, true));
  }

  private Failure broken(HttpFailure why) {
    Received received = received();
    return report.broken(why, received.parts(), used(), Optional.of(received.reception()));
  }

  private Failure tooLarge() {
    return failed(
        ErrorCode.RESPONSE_TOO_LARGE,
        "The provider's stream is larger than " + largestAnswer + " bytes.");
  }

  private Failure failed(ErrorCode code, String message) {
    Received received = received();
    return report.failure(
        new ErrorVerdict(code, RetryDecision.never()),
        message,
        received.parts(),
        used(),
        Optional.of(received.reception()));
  }

  // Some APIs tell the input when a stream begins; what was said since then is not in that.
  private Usage used() {
    return reader.finished() ? reader.usage() : reader.usage().soFar();
  }

  /** What came, without the secrets that no event has whole. */
  private record Received(List<Part> parts, Reception reception) {}

  private Received received() {
    List<Part> said = reader.parts();
    List<Part> clean = SpreadSecrets.scrubbed(said, secrets);
    if (!clean.equals(said)) {
      record.mask(SpreadSecrets.events(format.events(), record.data(), secrets));
    }
    return new Received(
        clean,
        Reception.streamed(format.format(), head, record.raw(), record.events(), unpassed()));
  }

  private List<StreamEvent> unpassed() {
    List<StreamEvent> last = new ArrayList<>();
    if (!contentPassed) {
      prelude.forEach(raw -> last.add(new StreamEvent(StreamEvent.Kind.PRELUDE, raw)));
    }
    last.addAll(held);
    return last;
  }

  // The end of a stream may stand for the blank line behind its last event.
  private static Bytes whole(Sse.Event event) {
    if (event.complete()) {
      return event.raw();
    }
    String text = event.raw().utf8();
    return Bytes.utf8(text.endsWith("\n") ? text + "\n" : text + "\n\n");
  }
}
