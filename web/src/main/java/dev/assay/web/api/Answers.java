package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.ProviderError;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.Part;
import dev.assay.core.store.Recorded;
import dev.assay.web.http.HttpExchange;
import dev.assay.wire.format.ErrorFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Writes outcomes as answers of one door that are not streamed. Thread-safe. */
final class Answers {
  private static final int OK = 200;
  private static final String UNRECORDED =
      "The ledger could not be written, so the answer is withheld.";

  private static final int LONGEST_WORDS = 1000;

  private final ErrorFormat format;
  private final DoorCounters counters;

  Answers(ErrorFormat format, DoorCounters counters) {
    this.format = format;
    this.counters = counters;
  }

  /**
   * Sends what came of a call, once it is recorded.
   *
   * @param body writes an answer's body when the provider did not speak the door's format
   * @return what the client got of it, if that is less than the record can know; a lost record
   *     needs no correction
   */
  Delivered whole(
      Recorded recorded, Function<Answer, Bytes> body, CallContext context, HttpExchange exchange) {
    if (!recorded.receipt().await().safe()) {
      withheld(exchange);
      return Delivered.YES;
    }
    boolean sent =
        switch (recorded.outcome()) {
          case Answer answer -> answer(answer, body, context, exchange);
          case Failure failure -> failure(failure, context, exchange);
        };
    return sent ? Delivered.YES : Delivered.NO;
  }

  // The provider's own bytes when it speaks the same format.
  private boolean answer(
      Answer answer, Function<Answer, Bytes> body, CallContext context, HttpExchange exchange) {
    Headers.call(context.callId(), exchange);
    // Vectors are written here whoever they came from, so that the encoding is the one asked for.
    Optional<Exchange> same =
        answer
            .details()
            .exchange()
            .filter(exchanged -> answer.details().embedding().isEmpty() && inOnePiece(exchanged));
    List<String> unshown = same.isPresent() ? List.of() : unshown(answer);
    Headers.details(answer.details(), unshown, format.format(), exchange);
    return same.isPresent()
        ? exchange.send(same.get().httpStatus(), same.get().body())
        : exchange.send(OK, body.apply(answer));
  }

  private List<String> unshown(Answer answer) {
    List<String> warnings = new ArrayList<>();
    for (Part part : answer.parts()) {
      if (part instanceof Part.Opaque(var made, var _) && made != format.format()) {
        warnings.add("answer: a part that only %s has was left out".formatted(made.title()));
      }
    }
    return warnings.stream().distinct().toList();
  }

  private boolean inOnePiece(Exchange exchange) {
    return exchange.format() == format.format() && !exchange.streamed();
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
      Headers.details(failure.details(), List.of(), format.format(), exchange);
      exchange.header(Headers.DO_NOT_RETRY);
    }
    retryAfter(failure.retry(), exchange);
    return exchange.send(format.status(failure), body(failure));
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
    return exchange.send(format.status(failure), format.error(failure));
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

  /** The body of a failure. */
  Bytes body(Failure failure) {
    Optional<ProviderError> own = format.own(failure);
    return own.isPresent() ? own.get().body() : format.error(quoted(failure));
  }

  // Who cannot be handed the provider's own error is told at least its words.
  private static Failure quoted(Failure failure) {
    Optional<String> words =
        failure.provider().flatMap(ProviderError::message).filter(text -> !text.isBlank());
    return words.isEmpty()
        ? failure
        : new Failure(
            failure.code(),
            failure.message() + " It said: " + shortened(words.get()),
            failure.field(),
            failure.retry(),
            failure.provider(),
            failure.partial(),
            failure.details());
  }

  private static String shortened(String words) {
    return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "...";
  }

  /** Sends, instead of an outcome whose record is lost, that it is withheld. */
  boolean withheld(HttpExchange exchange) {
    countWithheld();
    exchange.header(Headers.DO_NOT_RETRY);
    return exchange.send(ErrorCode.LEDGER_UNAVAILABLE.httpStatus(), format.error(withheld()));
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
