package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.store.Recorded;
import dev.assay.core.store.RecordedModel;
import dev.assay.core.store.Recorder;
import dev.assay.web.http.Body;
import dev.assay.web.http.ByteBudget;
import dev.assay.web.http.Door;
import dev.assay.web.http.HttpExchange;
import dev.assay.web.http.InFlight;
import dev.assay.web.http.RequestHead;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.openai.ChatRequestReader;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** {@code POST /v1/chat/completions}, as OpenAI's API has it. */
public final class ChatDoor implements Door {
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  private final RecordedModel model;
  private final Recorder recorder;
  private final CallContexts contexts;
  private final Refusals refusals;
  private final Answers answers;
  private final ByteBudget bodies;
  private final InFlight inFlight;

  /**
   * The door.
   *
   * @param model answers and records
   * @param recorder hears of answers that did not arrive
   * @param contexts makes the calls' contexts
   * @param refusals answers what is no call
   * @param counters counts what is not recorded
   * @param bodies how many bytes of bodies may be in memory
   * @param inFlight lets calls in until the server stops
   */
  public ChatDoor(
      RecordedModel model,
      Recorder recorder,
      CallContexts contexts,
      Refusals refusals,
      DoorCounters counters,
      ByteBudget bodies,
      InFlight inFlight) {
    this.model = model;
    this.recorder = recorder;
    this.contexts = contexts;
    this.refusals = refusals;
    this.answers = new Answers(counters);
    this.bodies = bodies;
    this.inFlight = inFlight;
  }

  @Override
  public void handle(HttpExchange exchange) {
    Arrival arrival = contexts.arrival(exchange.head());
    if (!inFlight.enter()) {
      exchange.closeAfterwards();
      refusals.refuseUnread(
          arrival,
          Refusals.Reason.later(
              ErrorCode.SHUTTING_DOWN, "The server is stopping; try again.", A_SECOND),
          exchange);
      return;
    }
    try {
      read(arrival, exchange);
    } finally {
      inFlight.leave();
    }
  }

  private void read(Arrival arrival, HttpExchange exchange) {
    switch (exchange.body(bodies)) {
      case Body.Whole(Bytes bytes) -> check(arrival, bytes, exchange);
      case Body.TooLarge() ->
          refusals.refuseUnread(
              arrival,
              Refusals.Reason.of(
                  ErrorCode.REQUEST_TOO_LARGE,
                  "The body is larger than "
                      + exchange.largestBody()
                      + " bytes: send less text, or images by URL."),
              exchange);
      case Body.Overloaded() ->
          refusals.refuseUnread(
              arrival,
              Refusals.Reason.later(
                  ErrorCode.OVERLOADED,
                  "Too many bytes of requests are in flight; try again.",
                  A_SECOND),
              exchange);
      case Body.Malformed() ->
          refusals.refuseUnread(
              arrival,
              Refusals.Reason.of(
                  ErrorCode.INVALID_REQUEST, "The chunks of the body are malformed."),
              exchange);
    }
  }

  private void check(Arrival arrival, Bytes body, HttpExchange exchange) {
    Optional<Refusals.Reason> unsuited = ContentHeaders.unsuited(exchange.head());
    if (unsuited.isPresent()) {
      refusals.refuse(arrival, unsuited.get(), body, exchange);
      return;
    }
    switch (ChatRequestReader.read(body, travelling(exchange.head()), exchange.rawQuery())) {
      case RequestRead.Invalid(ErrorCode code, String message, Optional<String> field) ->
          refusals.refuse(arrival, Refusals.Reason.of(code, message, field), body, exchange);
      case RequestRead.Valid(ChatRequest request) -> attach(arrival, request, body, exchange);
    }
  }

  private static Map<String, String> travelling(RequestHead head) {
    Optional<String> beta = head.openAiBeta();
    return beta.isPresent() ? Map.of("openai-beta", beta.get()) : Map.of();
  }

  private void attach(Arrival arrival, ChatRequest request, Bytes body, HttpExchange exchange) {
    switch (AttachmentReader.read(exchange.head().assay(), request.wire().orElseThrow())) {
      case Attached.Invalid(String message, String field) ->
          refusals.refuse(
              arrival,
              Refusals.Reason.of(ErrorCode.INVALID_REQUEST, message, Optional.of(field)),
              body,
              exchange);
      case Attached.Valid attached -> {
        CallContext context = contexts.context(arrival, attached);
        exchange.working(context.cancellation());
        ask(arrival, request, context, exchange);
      }
    }
  }

  private void ask(
      Arrival arrival, ChatRequest request, CallContext context, HttpExchange exchange) {
    Delivered delivered;
    if (request.streaming().events()) {
      StreamedAnswer stream = new StreamedAnswer(exchange, request, context, arrival, answers);
      delivered = stream.finish(model.ask(request, context, stream));
    } else {
      delivered = whole(model.ask(request, context, Sink.discarding()), request, context, exchange);
    }
    if (delivered != Delivered.YES) {
      recorder.undelivered(context.callId(), delivered);
    }
  }

  // A lost record needs no correction, so it counts as delivered here.
  private Delivered whole(
      Recorded recorded, ChatRequest request, CallContext context, HttpExchange exchange) {
    if (!recorded.receipt().await().safe()) {
      answers.withheld(exchange);
      return Delivered.YES;
    }
    boolean sent =
        switch (recorded.outcome()) {
          case Answer answer -> answers.answer(answer, request, context, exchange);
          case Failure failure -> answers.failure(failure, context, exchange);
        };
    return sent ? Delivered.YES : Delivered.NO;
  }
}
