package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.TokenCountRequest;
import dev.assay.web.http.Door;
import dev.assay.web.http.HttpExchange;
import dev.assay.wire.anthropic.MessagesDoorFormat;
import dev.assay.wire.anthropic.MessagesRequestReader;
import dev.assay.wire.anthropic.TokenCounts;
import dev.assay.wire.format.RequestRead;

/** {@code POST /v1/messages/count_tokens}, as Anthropic's API has it. */
public final class TokenCountDoor implements Door {
  private final CallServices services;
  private final Answers answers;
  private final Intake intake;

  /** The door. */
  public TokenCountDoor(CallServices services) {
    this.services = services;
    this.answers = new Answers(MessagesDoorFormat.FORMAT, services.counters());
    this.intake = new Intake(services, new Refusals(services, answers, TokenCountRequest.MODALITY));
  }

  @Override
  public void handle(HttpExchange exchange) {
    intake.take(exchange, (arrival, body) -> read(arrival, body, exchange));
  }

  private void read(Arrival arrival, Bytes body, HttpExchange exchange) {
    switch (MessagesRequestReader.readCount(
        body, exchange.head().travelling(), exchange.rawQuery())) {
      case RequestRead.Invalid(var code, var message, var field) ->
          intake.refuse(arrival, Refusals.Reason.of(code, message, field), body, exchange);
      case RequestRead.Valid(ChatRequest request) ->
          intake
              .context(arrival, request.wire().orElseThrow(), exchange)
              .ifPresent(context -> {
                Delivered delivered =
                    answers.whole(
                        services
                            .model()
                            .ask(new TokenCountRequest(request), context, Sink.discarding()),
                        TokenCountDoor::count,
                        context,
                        exchange);
                if (delivered != Delivered.YES) {
                  services.recorder().undelivered(context.callId(), delivered);
                }
              });
    }
  }

  private static Bytes count(Answer answer) {
    long tokens = 0;
    for (Part part : answer.parts()) {
      if (part instanceof Part.TokenCount(long counted)) {
        tokens = counted;
      }
    }
    return TokenCounts.write(tokens);
  }
}
