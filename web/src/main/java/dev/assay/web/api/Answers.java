package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.ProviderError;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.WireFormat;
import dev.assay.web.http.HttpExchange;
import dev.assay.wire.openai.ChatAnswerWriter;
import dev.assay.wire.openai.ErrorWriter;
import java.time.Duration;
import java.util.Optional;

/** Writes outcomes as answers of OpenAI's API that are not streamed. Thread-safe. */
final class Answers {
  private static final int OK = 200;
  private static final String UNRECORDED =
      "The ledger could not be written, so the answer is withheld.";

  private final DoorCounters counters;

  Answers(DoorCounters counters) {
    this.counters = counters;
  }

  /**
   * Sends an answer: the provider's own bytes when it speaks the same format.
   *
   * @return whether it could be handed to the network
   */
  boolean answer(Answer answer, ChatRequest request, CallContext context, HttpExchange exchange) {
    Headers.call(context.callId(), exchange);
    Headers.details(answer.details(), exchange);
    Optional<Exchange> same = answer.details().exchange().filter(Answers::inOnePiece);
    if (same.isPresent()) {
      return exchange.send(same.get().httpStatus(), same.get().body());
    }
    ChatAnswerWriter writer =
        new ChatAnswerWriter(
            context.callId(), request.model(), answer.details().timings().startedAt());
    return exchange.send(OK, writer.completion(answer));
  }

  private static boolean inOnePiece(Exchange exchange) {
    return exchange.format() == WireFormat.OPENAI_CHAT && !exchange.streamed();
  }

  /**
   * Sends a failure of a call: in the provider's own words when it speaks the same format.
   *
   * @return whether it could be handed to the network
   */
  boolean failure(Failure failure, CallContext context, HttpExchange exchange) {
    if (turnedAway(failure)) {
      counters.count(Unrecorded.LEDGER_UNAVAILABLE);
    } else {
      Headers.call(context.callId(), exchange);
      Headers.details(failure.details(), exchange);
      exchange.header(Headers.DO_NOT_RETRY);
    }
    retryAfter(failure.retry(), exchange);
    return exchange.send(status(failure), body(failure));
  }

  /**
   * Sends why a request was refused before it became a call.
   *
   * @return whether it could be handed to the network
   */
  boolean refusal(Failure failure, HttpExchange exchange) {
    if (failure.retry() instanceof RetryDecision.Never) {
      exchange.header(Headers.DO_NOT_RETRY);
    }
    retryAfter(failure.retry(), exchange);
    return exchange.send(failure.code().httpStatus(), ErrorWriter.write(failure));
  }

  // Nothing was sent and nothing recorded, so the client may well try again.
  private static boolean turnedAway(Failure failure) {
    return failure.code() == ErrorCode.LEDGER_UNAVAILABLE
        && failure.details().kind() == CallKind.REFUSED;
  }

  private static void retryAfter(RetryDecision retry, HttpExchange exchange) {
    switch (retry) {
      case RetryDecision.Never never -> {}
      case RetryDecision.After(Duration atLeast) -> {
        if (atLeast.isPositive()) {
          long seconds = atLeast.plusMillis(999).toSeconds();
          exchange.header(Headers.RETRY_AFTER, Long.toString(seconds));
        }
      }
    }
  }

  private static int status(Failure failure) {
    return own(failure)
        .map(ProviderError::httpStatus)
        .filter(status -> status != OK)
        .orElse(failure.code().httpStatus());
  }

  /** The body of a failure. */
  static Bytes body(Failure failure) {
    Optional<ProviderError> own = own(failure);
    return own.isPresent() ? own.get().body() : ErrorWriter.write(failure);
  }

  private static Optional<ProviderError> own(Failure failure) {
    return failure
        .provider()
        .filter(error -> error.json() && error.format() == WireFormat.OPENAI_CHAT);
  }

  /** Sends, instead of an outcome whose record is lost, that it is withheld. */
  boolean withheld(HttpExchange exchange) {
    countWithheld();
    exchange.header(Headers.DO_NOT_RETRY);
    return exchange.send(ErrorCode.LEDGER_UNAVAILABLE.httpStatus(), ErrorWriter.write(withheld()));
  }

  /** Counts an outcome that is withheld. */
  void countWithheld() {
    counters.count(Unrecorded.LEDGER_UNAVAILABLE);
  }

  /** What is said instead of an outcome whose record is lost. */
  static Failure withheld() {
    return Errors.of(ErrorCode.LEDGER_UNAVAILABLE, UNRECORDED, Optional.empty());
  }
}
