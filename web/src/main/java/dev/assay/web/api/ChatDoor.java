package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Principal;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.store.Calls;
import dev.assay.web.http.Door;
import dev.assay.web.http.HttpExchange;
import dev.assay.wire.format.AnswerWriter;
import dev.assay.wire.format.DoorFormat;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.responses.ResponsesDoorFormat;

/**
 * A door for conversations, in one format: {@code POST /v1/chat/completions}, {@code
 * /v1/responses}, {@code /v1/messages}.
 */
public final class ChatDoor implements Door {
  private final CallServices services;
  private final DoorFormat format;
  private final Preparation preparation;
  private final Answers answers;
  private final Intake intake;

  /** What is done with a request between reading it and asking a model. */
  @FunctionalInterface
  interface Preparation {
    /** The request that is asked, or why none is. */
    RequestRead prepared(ChatRequest request, Principal principal);
  }

  /** The door that speaks a format. */
  public ChatDoor(CallServices services, DoorFormat format) {
    this(services, format, (request, principal) -> new RequestRead.Valid(request));
  }

  /** The door of Responses, at which a request may go on from an earlier response. */
  public static ChatDoor ofResponses(CallServices services, Calls calls) {
    StoredResponses responses = new StoredResponses(calls);
    return new ChatDoor(services, ResponsesDoorFormat.FORMAT, responses::continued);
  }

  private ChatDoor(CallServices services, DoorFormat format, Preparation preparation) {
    this.services = services;
    this.format = format;
    this.preparation = preparation;
    this.answers = new Answers(format, services.counters());
    this.intake = new Intake(services, new Refusals(services, answers, ChatRequest.MODALITY));
  }

  @Override
  public void handle(HttpExchange exchange) {
    intake.take(exchange, (arrival, body) -> read(arrival, body, exchange));
  }

  private void read(Arrival arrival, Bytes body, HttpExchange exchange) {
    RequestRead read = format.read(body, exchange.head().travelling(), exchange.rawQuery());
    if (read instanceof RequestRead.Valid(ChatRequest request)) {
      read = preparation.prepared(request, arrival.principal());
    }
    switch (read) {
      case RequestRead.Invalid(var code, var message, var field) ->
          intake.refuse(arrival, Refusals.Reason.of(code, message, field), body, exchange);
      case RequestRead.Valid(ChatRequest request) ->
          intake
              .context(arrival, request.wire().orElseThrow(), exchange)
              .ifPresent(context -> ask(arrival, request, context, exchange));
    }
  }

  private void ask(
      Arrival arrival, ChatRequest request, CallContext context, HttpExchange exchange) {
    AnswerWriter writer = format.answers(context.callId(), request, arrival.at());
    Delivered delivered;
    if (request.streaming().events()) {
      StreamedAnswer stream =
          new StreamedAnswer(exchange, request, context, format, writer, answers);
      delivered = stream.finish(services.model().ask(request, context, stream));
    } else {
      delivered =
          answers.whole(
              services.model().ask(request, context, Sink.discarding()),
              writer::whole,
              context,
              exchange);
    }
    if (delivered != Delivered.YES) {
      services.recorder().undelivered(context.callId(), delivered);
    }
  }
}
