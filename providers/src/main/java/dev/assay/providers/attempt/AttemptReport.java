package dev.assay.providers.attempt;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.StreamHead;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.AttemptRole;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.ProviderError;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.http.HttpFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes the outcome of one attempt from what was received, which is free of secrets: providers like
 * to quote the key that they refuse, and models what they are told. For one thread.
 */
final class AttemptReport {
  private static final int SUCCESS = 200;

  private final String provider;
  private final String endpoint;
  private final String asked;
  private final Bytes sent;
  private final List<String> warnings;
  private final Secrets secrets;
  private final Clock clock;
  private final Instant startedAt;
  private final long started;
  private Optional<Duration> firstToken = Optional.empty();

  /**
   * A report of an attempt that begins now.
   *
   * @param asked the model that is asked
   * @param sent the body of the request
   * @param warnings what the caller should know of how the request was understood
   */
  AttemptReport(
      String provider,
      String endpoint,
      String asked,
      Bytes sent,
      List<String> warnings,
      Secrets secrets,
      Clock clock) {
    this.provider = provider;
    this.endpoint = endpoint;
    this.asked = asked;
    this.sent = sent;
    this.warnings = warnings;
    this.secrets = secrets;
    this.clock = clock;
    this.startedAt = clock.now();
    this.started = clock.nanos();
  }

  /**
   * An answer.
   *
   * @param parts what it says
   * @param finish why it ended
   * @param usage what was used
   * @param resolved the model that answered, as far as it said so
   * @param id the provider's identifier of the answer
   */
  record Said(
      List<Part> parts,
      FinishReason finish,
      Usage usage,
      Optional<String> resolved,
      Optional<String> id) {}

  /** What must not be in what was received. */
  Secrets secrets() {
    return secrets;
  }

  /** Content of a stream has come; tells whether it is the first. */
  boolean contentBegan() {
    boolean first = firstToken.isEmpty();
    if (first) {
      firstToken = Optional.of(clock.since(started));
    }
    return first;
  }

  /** What a sink learns before the content. */
  StreamHead head(WireFormat format, Head head) {
    return new StreamHead(Optional.of(format), head.headers(), false, warnings);
  }

  /**
   * An answer.
   *
   * @param flaws what the caller should know of how it came
   */
  Answer answer(Said said, Reception reception, List<String> flaws) {
    Attempt attempt =
        attempt(said.resolved.orElse(asked), Optional.empty(), said.usage, Optional.of(reception));
    return new Answer(
        said.parts,
        said.finish,
        Details.of(
            attempt,
            firstToken,
            Optional.of(reception.exchange().answering(said.id)),
            with(flaws),
            false));
  }

  /**
   * An exchange that broke before any response, or while one was being received.
   *
   * @param used what the provider said of the usage until then
   */
  Failure broken(
      HttpFailure failure, List<Part> partial, Usage used, Optional<Reception> reception) {
    Usage usage = failure.sent() ? used : Usage.NONE;
    return failure(
        new ErrorVerdict(failure.code(), retry(failure.code())),
        failure.message(),
        partial,
        usage,
        reception);
  }

  /** A failure that the provider did not put into words. */
  Failure failure(
      ErrorVerdict verdict,
      String message,
      List<Part> partial,
      Usage usage,
      Optional<Reception> reception) {
    return new Failure(
        verdict.code(),
        message,
        Optional.empty(),
        verdict.retry(),
        Optional.empty(),
        partial,
        details(verdict.code(), usage, reception.map(Reception::failed)));
  }

  /**
   * A failure in the provider's words.
   *
   * @param error the error, when the words are JSON
   * @param words the body, or the data of the error event
   * @param headers all headers of the response, names in lower case
   */
  Failure told(
      Optional<ApiError> error,
      Bytes words,
      Map<String, String> headers,
      List<Part> partial,
      Usage usage,
      Reception reception) {
    ErrorVerdict verdict = ErrorVerdict.of(reception.status(), headers, error, clock.now());
    ProviderError own =
        new ProviderError(
            reception.format(),
            reception.status(),
            error.flatMap(ApiError::message),
            words,
            error.map(ApiError::standard).orElse(false));
    return new Failure(
        verdict.code(),
        sentence(verdict.code(), reception.status()),
        error.flatMap(ApiError::param),
        verdict.retry(),
        Optional.of(own),
        partial,
        details(verdict.code(), usage, Optional.of(reception.failed())));
  }

  private Details details(ErrorCode code, Usage usage, Optional<Reception> reception) {
    Attempt attempt = attempt(asked, Optional.of(code), usage, reception);
    return Details.of(attempt, firstToken, reception.map(Reception::exchange), warnings, false);
  }

  private List<String> with(List<String> flaws) {
    return flaws.isEmpty() ? warnings : Stream.concat(warnings.stream(), flaws.stream()).toList();
  }

  private Attempt attempt(
      String model, Optional<ErrorCode> error, Usage usage, Optional<Reception> reception) {
    return new Attempt(
        1,
        AttemptRole.TRY,
        provider,
        model,
        Optional.of(endpoint),
        reception.map(Reception::status),
        error,
        Optional.empty(),
        Duration.ZERO,
        clock.since(started),
        believable(usage) ? usage : Usage.ABSENT,
        Cost.unknown(),
        Optional.empty(),
        reception.map(Reception::head).flatMap(Head::requestId),
        Optional.of(sent),
        reception.map(Reception::raw),
        startedAt);
  }

  private static boolean believable(Usage usage) {
    return usage.input() <= Usage.MOST
        && usage.cacheRead() <= Usage.MOST
        && usage.cacheWrite5m() <= Usage.MOST
        && usage.cacheWrite1h() <= Usage.MOST
        && usage.output() <= Usage.MOST;
  }

  private static RetryDecision retry(ErrorCode code) {
    return switch (code) {
      case CONNECT_FAILED, CONNECT_TIMEOUT, CONNECTION_LOST, FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT ->
          RetryDecision.soon();
      default -> RetryDecision.never();
    };
  }

  private String sentence(ErrorCode code, int status) {
    String who = "Provider " + provider + " at " + endpoint;
    String how = status == SUCCESS ? " (inside its answer)" : " (HTTP " + status + ")";
    return switch (code) {
      case PROVIDER_AUTHENTICATION ->
          who + " refused its key" + how + ": check the key that is configured for it.";
      case PROVIDER_QUOTA -> who + " has no credit left" + how + ": add credit to the account.";
      case PROVIDER_MODEL_NOT_FOUND ->
          "model: provider " + provider + " does not know '" + asked + "': choose another model.";
      case RATE_LIMITED -> who + " asks for fewer requests" + how + ".";
      case PROVIDER_OVERLOADED -> who + " is overloaded" + how + ".";
      case PROVIDER_REJECTED -> who + " rejected the request" + how + ": its own words say why.";
      case MALFORMED_RESPONSE ->
          who + " answered with HTTP " + status + ", which its API does not: check its address.";
      default -> who + " failed" + how + ".";
    };
  }
}
