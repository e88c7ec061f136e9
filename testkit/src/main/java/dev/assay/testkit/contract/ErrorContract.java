package dev.assay.testkit.contract;

import static dev.assay.testkit.contract.ProviderRig.KEY;
import static dev.assay.testkit.contract.ProviderRig.STREAM;
import static dev.assay.testkit.contract.ProviderRig.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.ProviderError;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.Request;
import dev.assay.core.usage.Usage;
import dev.assay.testkit.upstream.Happening;
import dev.assay.testkit.upstream.Reply;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every provider adapter must do with error responses. */
public abstract class ErrorContract extends ProviderContract {
  private static final Map<Integer, ErrorCode> FINAL =
      new TreeMap<>(
          Map.of(
              400, ErrorCode.PROVIDER_REJECTED,
              401, ErrorCode.PROVIDER_AUTHENTICATION,
              402, ErrorCode.PROVIDER_QUOTA,
              403, ErrorCode.PROVIDER_AUTHENTICATION,
              404, ErrorCode.PROVIDER_REJECTED,
              409, ErrorCode.PROVIDER_REJECTED,
              413, ErrorCode.PROVIDER_REJECTED,
              422, ErrorCode.PROVIDER_REJECTED,
              501, ErrorCode.PROVIDER_ERROR));

  private static final Map<Integer, ErrorCode> PASSING =
      new TreeMap<>(
          Map.of(
              408, ErrorCode.PROVIDER_ERROR,
              429, ErrorCode.RATE_LIMITED,
              500, ErrorCode.PROVIDER_ERROR,
              502, ErrorCode.PROVIDER_ERROR,
              503, ErrorCode.PROVIDER_OVERLOADED,
              504, ErrorCode.PROVIDER_ERROR,
              529, ErrorCode.PROVIDER_OVERLOADED));

  private final List<Request> requests;

  /** A contract for an adapter of a format, asked for an answer whole and streamed. */
  protected ErrorContract(Dialect dialect) {
    this(dialect, List.of(WHOLE, STREAM));
  }

  /**
   * A contract for an adapter of a format.
   *
   * @param requests what it is asked; never none
   */
  protected ErrorContract(Dialect dialect, List<Request> requests) {
    super(dialect);
    this.requests = List.copyOf(requests);
  }

  @Test
  void errorsThatStayAreNotWorthAnotherAttempt() {
    FINAL.forEach((status, code) -> {
      Failure failure = refused(error(status));
      assertThat(failure.code()).as("HTTP " + status).isEqualTo(code);
      assertThat(failure.retry()).as("HTTP " + status).isEqualTo(RetryDecision.never());
    });
  }

  @Test
  void errorsThatPassAreWorthAnotherAttempt() {
    PASSING.forEach((status, code) -> {
      Failure failure = refused(error(status));
      assertThat(failure.code()).as("HTTP " + status).isEqualTo(code);
      assertThat(failure.retry()).as("HTTP " + status).isEqualTo(RetryDecision.soon());
    });
  }

  @Test
  void aFailureCarriesTheProvidersWordsAndWhatWasUsed() {
    String body = dialect.error("too fast");
    Failure failure = refused(Reply.json(429, body).header("x-request-id", "r-2"));
    ProviderError words = failure.provider().orElseThrow();
    assertThat(words.httpStatus()).isEqualTo(429);
    assertThat(words.message()).contains("too fast");
    assertThat(words.body().utf8()).isEqualTo(body);
    assertThat(words.json()).isTrue();
    assertThat(failure.message()).doesNotContain("too fast").contains("429");
    assertThat(failure.details().usage()).isEqualTo(Usage.NONE);
    assertThat(failure.details().attempts()).hasSize(1);
    assertThat(failure.details().attempts().getFirst().error()).contains(ErrorCode.RATE_LIMITED);
    assertThat(failure.details().attempts().getFirst().providerRequestId()).contains("r-2");
  }

  @Test
  void theWaitThatTheProviderAsksForIsKept() {
    Reply busy = error(429);
    assertThat(refused(busy.header("retry-after", "7")).retry()).isEqualTo(after(7_000));
    assertThat(refused(busy.header("Retry-After", "0.5")).retry()).isEqualTo(after(500));
    assertThat(refused(busy.header("retry-after-ms", "250").header("retry-after", "9")).retry())
        .isEqualTo(after(250));
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            rig.clock().now().plusSeconds(90).atOffset(ZoneOffset.UTC));
    assertThat(refused(busy.header("retry-after", date)).retry()).isEqualTo(after(90_000));
    assertThat(refused(error(503).header("retry-after", "3")).retry()).isEqualTo(after(3_000));
    assertThat(refused(busy.header("retry-after", "soon")).retry()).isEqualTo(after(0));
    assertThat(refused(busy.header("retry-after", "-4")).retry()).isEqualTo(after(0));
  }

  @Test
  void aServerThatSaysNotToTryAgainIsBelieved() {
    assertThat(refused(error(500).header("x-should-retry", "false")).retry())
        .isEqualTo(RetryDecision.never());
  }

  @Test
  void anEchoedKeyIsInNoFailure() {
    String echo = dialect.error("Incorrect key " + KEY + " provided");
    Reply[] replies = {
      Reply.json(401, echo).header("x-request-id", "r-" + KEY),
      Reply.json(200, echo),
      Reply.of(502, "text/html", Bytes.utf8("<p>" + KEY + "</p>")),
      Reply.json(200, "not json: " + KEY),
      Reply.events(dialect.errorEvent("key " + KEY)),
      Reply.events("data: garbage " + KEY + "\n\n"),
    };
    for (Reply reply : replies) {
      for (Request request : requests) {
        rig.upstream().then(reply);
        assertThat(ProviderRig.everythingIn(rig.failure(request))).doesNotContain(KEY);
      }
    }
  }

  @Test
  void errorsThatAreNoJsonKeepTheirStatus() {
    Failure page = refused(Reply.of(502, "text/html", Bytes.utf8("<h1>Bad gateway</h1>")));
    assertThat(page.code()).isEqualTo(ErrorCode.PROVIDER_ERROR);
    assertThat(page.provider().orElseThrow().json()).isFalse();
    assertThat(page.provider().orElseThrow().body().utf8()).isEqualTo("<h1>Bad gateway</h1>");
    assertThat(refused(Reply.json(503, "")).code()).isEqualTo(ErrorCode.PROVIDER_OVERLOADED);
    Reply cut = error(429);
    assertThat(refused(cut.at(cut.length() - 5, new Happening.Close())).code())
        .isEqualTo(ErrorCode.RATE_LIMITED);
  }

  @Test
  void aRedirectIsNotFollowed() {
    Failure failure = refused(Reply.json(302, "").header("location", "http://127.0.0.1:1/"));
    assertThat(failure.code()).isEqualTo(ErrorCode.MALFORMED_RESPONSE);
    assertThat(failure.retry()).isEqualTo(RetryDecision.never());
  }

  private Reply error(int status) {
    return Reply.json(status, dialect.error("went wrong"));
  }

  private Failure refused(Reply reply) {
    rig.upstream().then(reply);
    Failure failure = rig.failure(requests.getFirst());
    for (Request other : requests.subList(1, requests.size())) {
      rig.upstream().then(reply);
      assertThat(rig.failure(other).code()).isEqualTo(failure.code());
    }
    assertThat(rig.deltas()).isEmpty();
    return failure;
  }

  private static RetryDecision after(long millis) {
    return new RetryDecision.After(Duration.ofMillis(millis));
  }
}
