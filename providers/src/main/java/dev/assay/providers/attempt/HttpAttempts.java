package dev.assay.providers.attempt;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Request;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.BodyFormat;
import dev.assay.wire.format.UpstreamFormat;
import dev.assay.wire.http.HttpClient;
import dev.assay.wire.http.HttpRequest;
import dev.assay.wire.http.HttpTimeouts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes single attempts at one account: sends a request and makes an outcome of whatever comes of
 * it. What it gives carries no known secret, whatever the provider quotes; only a stream may have
 * passed one on in several pieces. Whether the request had left when a failure happened shows in
 * its code: {@code connect_failed} and {@code connect_timeout} say that it had not, {@code
 * first_byte_timeout} and {@code idle_timeout} that it had. Thread-safe.
 */
public final class HttpAttempts {
  private final String provider;
  private final HttpTimeouts streamTimeouts;
  private final HttpTimeouts wholeTimeouts;
  private final int largestAnswer;
  private final HttpClient http;
  private final Secrets secrets;
  private final Clock clock;
  private final Tasks tasks;

  /**
   * Attempts at an account.
   *
   * @param account whose; a whole answer is read to its end even for a client that left
   * @param http sends the requests; stays open
   * @param secrets what must not appear in an outcome; the account's key is added to it
   * @param clock tells how long things take
   * @param tasks where a connection is made ready for its next request behind a stream
   */
  public HttpAttempts(Account account, HttpClient http, Secrets secrets, Clock clock, Tasks tasks) {
    HttpTimeouts timeouts = account.timeouts();
    this.provider = account.name();
    this.streamTimeouts = timeouts;
    this.wholeTimeouts =
        new HttpTimeouts(
            timeouts.connect(),
            timeouts.firstByte(),
            timeouts.idleBeforeContent(),
            timeouts.idle(),
            Optional.empty());
    this.largestAnswer = account.largestAnswer();
    this.http = http;
    this.secrets = secrets.with(account.key().stream().toList());
    this.clock = clock;
    this.tasks = tasks;
  }

  /** The provider's name. */
  public String provider() {
    return provider;
  }

  /**
   * Asks for an answer to a conversation, streamed when the request wants it so.
   *
   * @param asked what is asked, with the provider's name for the model
   * @param request how it is sent
   * @param format how the response is read
   * @param warnings what the caller should know of how the request was understood
   */
  public Outcome chat(
      ChatRequest asked,
      HttpRequest request,
      UpstreamFormat format,
      List<String> warnings,
      CallContext context,
      Sink sink) {
    boolean streamed = asked.streaming().events();
    AttemptReport report = report(asked, request, warnings);
    return new ChatAttempt(format, report, largestAnswer, streamed, context, sink, tasks)
        .outcome(
            http.send(
                request,
                streamed ? streamTimeouts : wholeTimeouts,
                context.deadline(),
                context.cancellation()));
  }

  /**
   * Asks for something that only comes in one piece, such as embeddings.
   *
   * @param asked what is asked, with the provider's name for the model
   * @param request how it is sent
   * @param format how the response is read
   */
  public Outcome whole(Request asked, HttpRequest request, BodyFormat format, CallContext context) {
    return new BodyAttempt(format, report(asked, request, List.of()), largestAnswer)
        .outcome(http.send(request, wholeTimeouts, context.deadline(), context.cancellation()));
  }

  private AttemptReport report(Request asked, HttpRequest request, List<String> warnings) {
    return new AttemptReport(
        provider,
        request.endpoint().authority(),
        asked.model(),
        request.body().orElse(Bytes.EMPTY),
        warnings,
        secrets,
        clock);
  }

  /** Refuses what the API cannot do; nothing is sent. */
  public Failure unsupported(Request asked, String message, Optional<String> field) {
    Details details =
        new Details(
            CallKind.REFUSED,
            provider,
            asked.model(),
            Usage.NONE,
            Cost.free(),
            List.of(),
            new Timings(clock.now(), Duration.ZERO, Optional.empty()),
            Optional.empty(),
            List.of(),
            false);
    return Failure.refused(ErrorCode.UNSUPPORTED_REQUEST, message, field, details);
  }
}
