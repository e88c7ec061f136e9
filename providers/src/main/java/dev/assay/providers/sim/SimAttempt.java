package dev.assay.providers.sim;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Delta;
import dev.assay.core.model.Sink;
import dev.assay.core.model.StreamHead;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Streaming;
import dev.assay.core.usage.Usage;
import dev.assay.wire.openai.ChatRequestWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One attempt of the simulator on a known model. For one thread. */
final class SimAttempt {
  private static final Speech REFUSAL =
      new Speech(
          new Speech.Kind.Refusal(), "I cannot help with that (simulated).", FinishReason.REFUSAL);

  private final Simulator simulator;
  private final SimModel model;
  private final ChatRequest request;
  private final Sink sink;
  private final SimReport report;
  private final SimWait wait;
  private final Draw luck;
  private final Draw thought;
  private final StringBuilder heard = new StringBuilder();
  private Speech.Kind kind = new Speech.Kind.Words();

  SimAttempt(
      Simulator simulator,
      SimModel model,
      ChatRequest request,
      CallContext context,
      Sink sink,
      SimReport report) {
    this.simulator = simulator;
    this.model = model;
    this.request = request;
    this.sink = sink;
    this.report = report;
    this.wait = new SimWait(context, streamed(), simulator.clock(), simulator.tasks());
    Bytes content = ChatRequestWriter.write(request.withStreaming(Streaming.NONE));
    long seed = simulator.settings().seed();
    // The number is 0 when nobody counts attempts.
    int number = Math.max(1, context.attempts().taken());
    this.luck = Draw.of(seed, content, "attempt " + number);
    this.thought = Draw.of(seed, content, "answer");
  }

  Outcome run() {
    report.identify("sim_" + luck.hex(16));
    Optional<Fault> fault =
        model.fails() ? simulator.settings().rates().draw(luck) : Optional.empty();
    Pace pace = Pace.of(model.latency(), simulator.settings(), luck);
    return switch (simulator.composer().compose(model, request, thought)) {
      case Composer.Composed.Rejected(var field, var why) ->
          turnedAway(
              pace,
              ErrorCode.PROVIDER_REJECTED,
              400,
              field + ": " + why,
              Optional.of(field),
              RetryDecision.never());
      case Composer.Composed.Said(var speech) ->
          fault.map(kind -> fail(kind, speech, pace)).orElseGet(() -> say(speech, pace));
    };
  }

  private Outcome fail(Fault fault, Speech speech, Pace pace) {
    return switch (fault) {
      case RATE_LIMITED ->
          turnedAway(
              pace,
              ErrorCode.RATE_LIMITED,
              429,
              "too many requests (simulated)",
              Optional.empty(),
              new RetryDecision.After(
                  simulator.settings().scaled(Duration.ofSeconds(luck.between(1, 5)))));
      case SERVER_ERROR -> unavailable(pace, ErrorCode.PROVIDER_ERROR, 500, "the server failed");
      case OVERLOADED ->
          unavailable(
              pace,
              ErrorCode.PROVIDER_OVERLOADED,
              luck.below(2) == 0 ? 503 : 529,
              "the server is overloaded");
      case FIRST_BYTE_TIMEOUT ->
          silence()
              .orElseGet(() ->
                  report.failure(
                      ErrorCode.FIRST_BYTE_TIMEOUT,
                      "no answer came in time (simulated)",
                      RetryDecision.soon(),
                      List.of()));
      case IDLE_TIMEOUT, CONNECTION_LOST -> breakOff(fault, speech, pace);
      case MALFORMED ->
          request.format() instanceof ResponseFormat.Text
              ? breakOff(fault, speech, pace)
              : say(speech.half(speech.finish()), pace);
      case TRUNCATED -> say(speech.half(FinishReason.LENGTH), pace);
      case REFUSED -> say(REFUSAL, pace);
    };
  }

  private Outcome unavailable(Pace pace, ErrorCode code, int status, String why) {
    return turnedAway(
        pace, code, status, why + " (simulated)", Optional.empty(), RetryDecision.soon());
  }

  private Outcome turnedAway(
      Pace pace,
      ErrorCode code,
      int status,
      String message,
      Optional<String> field,
      RetryDecision retry) {
    return pause(pace.refusal())
        .orElseGet(() -> report.turnedAway(code, status, message, field, retry));
  }

  private Outcome say(Speech speech, Pace pace) {
    Usage usage = read(speech);
    return utter(speech, usage, pace).orElseGet(() -> report.answer(speech, usage));
  }

  /** Says the first half, and then not even why it stops. */
  private Outcome breakOff(Fault fault, Speech whole, Pace pace) {
    Speech speech = whole.half(FinishReason.OTHER);
    Optional<Outcome> stopped = utter(speech, read(speech), pace);
    if (stopped.isPresent()) {
      return stopped.get();
    }
    if (fault == Fault.IDLE_TIMEOUT) {
      return silence()
          .orElseGet(() ->
              broken(
                  ErrorCode.IDLE_TIMEOUT,
                  "the answer stopped in the middle",
                  RetryDecision.soon()));
    }
    return fault == Fault.MALFORMED
        ? broken(
            ErrorCode.MALFORMED_RESPONSE, "the answer is not well-formed", RetryDecision.never())
        : broken(
            ErrorCode.CONNECTION_LOST,
            "the connection broke before the answer was whole",
            RetryDecision.soon());
  }

  private Outcome broken(ErrorCode code, String why, RetryDecision retry) {
    return report.failure(code, why + " (simulated)", retry, partial());
  }

  private Usage read(Speech speech) {
    return simulator.cache().use(model, Prompt.tokens(request), speech.tokens());
  }

  /** Says something at its pace; an outcome when it was stopped. */
  private Optional<Outcome> utter(Speech speech, Usage usage, Pace pace) {
    Optional<Outcome> stopped = pause(pace.reading(usage.input() + usage.cacheWrite5m()));
    if (stopped.isPresent()) {
      return stopped;
    }
    if (!streamed()) {
      return pause(pace.saying(speech.tokens()));
    }
    kind = speech.kind();
    speech.opening().ifPresent(this::pass);
    for (String word : SimTokens.words(speech.body())) {
      stopped = pause(pace.saying(SimTokens.count(word)));
      if (stopped.isPresent()) {
        return stopped;
      }
      heard.append(word);
      pass(speech.piece(word));
    }
    return Optional.empty();
  }

  private void pass(Delta.Content content) {
    if (!wait.abandoned()) {
      if (report.content()) {
        sink.begin(StreamHead.inProcess(true));
      }
      sink.accept(new Delta(content));
    }
  }

  private Optional<Outcome> silence() {
    return pause(simulator.settings().scaled(simulator.settings().patience()));
  }

  /** Waits; an outcome when the call must end before that. */
  private Optional<Outcome> pause(Duration duration) {
    return wait.pause(duration).map(this::stopped);
  }

  private Failure stopped(CancellationReason reason) {
    String why =
        reason == CancellationReason.DEADLINE
            ? "the deadline of the call passed"
            : "the call was stopped, as nobody needs it any more";
    return report.failure(reason.code(), why, RetryDecision.never(), partial());
  }

  private List<Part> partial() {
    return new Speech(kind, heard.toString(), FinishReason.OTHER).parts();
  }

  private boolean streamed() {
    return request.streaming().events();
  }
}
