package dev.assay.ledger.record;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.StoredForm;
import dev.assay.wire.embeddings.EmbeddingsAnswerWriter;
import dev.assay.wire.embeddings.VectorEncoding;
import dev.assay.wire.json.Json;
import dev.assay.wire.openai.ChatAnswerWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Writes {@code response_json}: the provider's body as it came; for a stream {@code
 * {"streamed":true,"text":…,"events":[…]}}; for an answer made in process, or put together from
 * several, a completion or a list of embeddings in OpenAI's form. A failure that is told in {@code
 * error_json} alone has none.
 */
final class ResponseJson {
  private static final byte[] EVENTS = ",\"events\":".getBytes(StandardCharsets.US_ASCII);
  private static final Bytes NO_EVENTS = Bytes.utf8("[]");

  private ResponseJson() {}

  static Optional<Bytes> write(CallRecord call) {
    Outcome outcome = call.outcome();
    Optional<Exchange> exchange = outcome.details().exchange();
    if (exchange.isPresent()) {
      return ofExchange(outcome, exchange.get());
    }
    return switch (outcome) {
      case Answer answer -> Optional.of(inProcess(call, answer));
      case Failure failure when failure.partial().isEmpty() -> Optional.empty();
      case Failure failure -> Optional.of(streamed(failure.partial(), NO_EVENTS));
    };
  }

  /** What {@link #write} writes in; empty when that is nothing, or text that broke off. */
  static Optional<StoredForm> form(Outcome outcome) {
    Optional<Exchange> exchange = outcome.details().exchange();
    if (exchange.isPresent()) {
      return Optional.of(new StoredForm(exchange.get().format(), exchange.get().streamed()))
          .filter(form -> form.streamed() || stored(outcome, exchange.get()));
    }
    return switch (outcome) {
      case Answer answer -> Optional.of(new StoredForm(inProcess(answer), false));
      case Failure failure -> Optional.empty();
    };
  }

  private static WireFormat inProcess(Answer answer) {
    return answer.parts().stream().anyMatch(Part.Embedding.class::isInstance)
        ? WireFormat.OPENAI_EMBEDDINGS
        : WireFormat.OPENAI_CHAT;
  }

  private static Optional<Bytes> ofExchange(Outcome outcome, Exchange exchange) {
    if (exchange.streamed()) {
      return Optional.of(streamed(parts(outcome), StoredJson.of(exchange.body())));
    }
    return stored(outcome, exchange)
        ? Optional.of(StoredJson.of(exchange.body()))
        : Optional.empty();
  }

  private static boolean stored(Outcome outcome, Exchange exchange) {
    boolean toldAsError = outcome instanceof Failure failure && failure.provider().isPresent();
    return !toldAsError && !exchange.body().isEmpty();
  }

  private static List<Part> parts(Outcome outcome) {
    return switch (outcome) {
      case Answer answer -> answer.parts();
      case Failure failure -> failure.partial();
    };
  }

  private static Bytes inProcess(CallRecord call, Answer answer) {
    String model = answer.details().model();
    return inProcess(answer) == WireFormat.OPENAI_EMBEDDINGS
        ? EmbeddingsAnswerWriter.write(answer, model, VectorEncoding.BASE64)
        : new ChatAnswerWriter(call.context().callId(), model, call.createdAt(), false)
            .whole(answer);
  }

  private static Bytes streamed(List<Part> parts, Bytes events) {
    Bytes head =
        Json.write(json -> {
          json.writeStartObject();
          json.writeBooleanProperty("streamed", true);
          json.writeStringProperty("text", Part.text(parts));
          json.writeEndObject();
        });
    // The events are joined as bytes, so that they are stored as they came.
    return new ValueWriter(head.length() + EVENTS.length + events.length())
        .raw(head.slice(0, head.length() - 1).toArray())
        .raw(EVENTS)
        .raw(events.toArray())
        .raw((byte) '}')
        .written();
  }
}
