package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.outcome.Timings;
import dev.assay.core.secret.Secrets;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.Recorder;
import dev.assay.web.http.HttpExchange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Records requests that are refused before they become calls, then answers them. Thread-safe. */
final class Refusals {
  private final Recorder recorder;
  private final CallContexts contexts;
  private final Answers answers;
  private final Secrets secrets;
  private final String modality;

  /**
   * Refusals of one door.
   *
   * @param answers answers in the door's format
   * @param modality what the door is asked for
   */
  Refusals(CallServices services, Answers answers, String modality) {
    this.recorder = services.recorder();
    this.contexts = services.contexts();
    this.secrets = services.secrets();
    this.answers = answers;
    this.modality = modality;
  }

  /**
   * Why a request is refused.
   *
   * @param code the stable code
   * @param message says what is wrong and what would be right; quotes nothing of the request
   * @param field the field or header at fault
   * @param retry whether the same request may succeed later
   */
  record Reason(ErrorCode code, String message, Optional<String> field, RetryDecision retry) {
    static Reason of(ErrorCode code, String message, Optional<String> field) {
      return new Reason(code, message, field, RetryDecision.never());
    }

    static Reason of(ErrorCode code, String message) {
      return of(code, message, Optional.empty());
    }

    static Reason later(ErrorCode code, String message, Duration after) {
      return new Reason(code, message, Optional.empty(), new RetryDecision.After(after));
    }
  }

  /** Refuses a request whose body was read. */
  void refuse(Arrival arrival, Reason reason, Bytes body, HttpExchange exchange) {
    answer(arrival, reason, RefusedBody.of(body, secrets), exchange);
  }

  /** Refuses a request whose body was not read. */
  void refuseUnread(Arrival arrival, Reason reason, HttpExchange exchange) {
    answer(arrival, reason, RefusedBody.unread(exchange.length()), exchange);
  }

  private void answer(Arrival arrival, Reason reason, Bytes kept, HttpExchange exchange) {
    CallContext context = contexts.context(arrival, Attached.NOTHING);
    Failure failure = failure(arrival, reason);
    if (!recorder.admits() || !recorder.record(record(context, failure, kept)).await().safe()) {
      answers.withheld(exchange);
      return;
    }
    Headers.call(arrival.callId(), exchange);
    boolean sent = answers.refusal(failure, exchange);
    if (!sent) {
      recorder.undelivered(arrival.callId(), Delivered.NO);
    }
  }

  private Failure failure(Arrival arrival, Reason reason) {
    Timings timings = new Timings(arrival.at(), contexts.since(arrival), Optional.empty());
    return new Failure(
        reason.code(),
        reason.message(),
        reason.field(),
        reason.retry(),
        Optional.empty(),
        List.of(),
        Details.refused("", timings));
  }

  private CallRecord record(CallContext context, Failure failure, Bytes kept) {
    return new CallRecord(
        context,
        modality,
        Optional.empty(),
        Optional.empty(),
        kept,
        false,
        failure,
        Delivered.YES,
        failure.details().timings().startedAt());
  }
}
