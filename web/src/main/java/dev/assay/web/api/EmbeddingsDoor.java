package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.web.http.Door;
import dev.assay.web.http.HttpExchange;
import dev.assay.wire.embeddings.EmbeddingsAnswerWriter;
import dev.assay.wire.embeddings.EmbeddingsErrors;
import dev.assay.wire.embeddings.EmbeddingsRead;
import dev.assay.wire.embeddings.EmbeddingsRequestReader;
import dev.assay.wire.embeddings.VectorEncoding;

/** {@code POST /v1/embeddings}, as OpenAI's API has it. */
public final class EmbeddingsDoor implements Door {
  private final CallServices services;
  private final Answers answers;
  private final Intake intake;

  /** The door. */
  public EmbeddingsDoor(CallServices services) {
    this.services = services;
    this.answers = new Answers(EmbeddingsErrors.FORMAT, services.counters());
    this.intake = new Intake(services, new Refusals(services, answers, EmbeddingRequest.MODALITY));
  }

  @Override
  public void handle(HttpExchange exchange) {
    intake.take(exchange, (arrival, body) -> read(arrival, body, exchange));
  }

  private void read(Arrival arrival, Bytes body, HttpExchange exchange) {
    switch (EmbeddingsRequestReader.read(body, exchange.head().travelling(), exchange.rawQuery())) {
      case EmbeddingsRead.Invalid(var code, var message, var field) ->
          intake.refuse(arrival, Refusals.Reason.of(code, message, field), body, exchange);
      case EmbeddingsRead.Valid(var request, var encoding) ->
          intake
              .context(arrival, request.wire().orElseThrow(), exchange)
              .ifPresent(context -> ask(request, encoding, context, exchange));
    }
  }

  private void ask(
      EmbeddingRequest request,
      VectorEncoding encoding,
      CallContext context,
      HttpExchange exchange) {
    Delivered delivered =
        answers.whole(
            services.model().ask(request, context, Sink.discarding()),
            answer -> EmbeddingsAnswerWriter.write(answer, request.model(), encoding),
            context,
            exchange);
    if (delivered != Delivered.YES) {
      services.recorder().undelivered(context.callId(), delivered);
    }
  }
}
