package dev.assay.core.outcome;

import static dev.assay.core.outcome.Blame.ASSAY;
import static dev.assay.core.outcome.Blame.CALLER;
import static dev.assay.core.outcome.Blame.NETWORK;
import static dev.assay.core.outcome.Blame.PROVIDER;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every way in which a call can fail. The names, in lower case, are stable: they stand in the
 * ledger and in answers.
 */
public enum ErrorCode {
  /** The request is malformed, or a field has a wrong type or value. */
  INVALID_REQUEST(CALLER, 400),
  /** The body is larger than is taken. */
  REQUEST_TOO_LARGE(CALLER, 413),
  /** The body is not {@code application/json}. */
  UNSUPPORTED_MEDIA_TYPE(CALLER, 415),
  /** No model has this name, or several have. */
  MODEL_NOT_FOUND(CALLER, 404),
  /** The model cannot do what the request asks. */
  UNSUPPORTED_REQUEST(CALLER, 400),
  /** No door has this path. */
  NOT_FOUND(CALLER, 404),
  /** The key is missing or wrong. */
  UNAUTHENTICATED(CALLER, 401),
  /** The request comes from a web page or for another host. */
  FORBIDDEN(CALLER, 403),
  /** The caller went away, or a strategy no longer needs the answer. */
  CANCELLED(CALLER, 499),
  /** The call's own deadline passed. */
  DEADLINE_EXCEEDED(CALLER, 504),

  /** The provider refuses the request's content or form (HTTP 4xx not named below). */
  PROVIDER_REJECTED(CALLER, 400),
  /** The provider does not know the model. */
  PROVIDER_MODEL_NOT_FOUND(CALLER, 404),
  /** The provider refuses this program's key (HTTP 401 or 403). */
  PROVIDER_AUTHENTICATION(ASSAY, 401),
  /** The account at the provider has no credit left. */
  PROVIDER_QUOTA(ASSAY, 429),
  /** The provider asks for fewer requests (HTTP 429). */
  RATE_LIMITED(PROVIDER, 429),
  /** The provider is overloaded (HTTP 503, 529). */
  PROVIDER_OVERLOADED(PROVIDER, 503),
  /** The provider failed (other HTTP 5xx, or an error event in a stream). */
  PROVIDER_ERROR(PROVIDER, 502),
  /** The provider answered with something that is not an answer of its API. */
  MALFORMED_RESPONSE(PROVIDER, 502),
  /** The provider's answer is larger than is taken. */
  RESPONSE_TOO_LARGE(PROVIDER, 502),
  /** The provider did not begin to answer in time. */
  FIRST_BYTE_TIMEOUT(PROVIDER, 504),
  /** The provider stopped in the middle of its answer. */
  IDLE_TIMEOUT(PROVIDER, 504),

  /** No connection could be made. */
  CONNECT_FAILED(NETWORK, 502),
  /** No connection could be made in time. */
  CONNECT_TIMEOUT(NETWORK, 504),
  /** The connection broke before the answer was whole. */
  CONNECTION_LOST(NETWORK, 502),

  /** The ledger cannot be written, so nothing may be called. */
  LEDGER_UNAVAILABLE(ASSAY, 503),
  /** Too much is in flight. */
  OVERLOADED(ASSAY, 503),
  /** The program is stopping. */
  SHUTTING_DOWN(ASSAY, 503),
  /** The program stopped in the middle of the call. */
  INTERRUPTED(ASSAY, 500),
  /** A defect of this program. */
  INTERNAL_ERROR(ASSAY, 500);

  private final Blame blame;
  private final int httpStatus;

  ErrorCode(Blame blame, int httpStatus) {
    this.blame = blame;
    this.httpStatus = httpStatus;
  }

  /** Who can do something about it. */
  public Blame blame() {
    return blame;
  }

  /** The status that a door answers with when the provider gave none of its own. */
  public int httpStatus() {
    return httpStatus;
  }

  /** The stable name, such as {@code rate_limited}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The code of a stable name. */
  public static Optional<ErrorCode> of(String text) {
    return Arrays.stream(values()).filter(code -> code.text().equals(text)).findFirst();
  }
}
