package dev.assay.testkit.contract;

import static dev.assay.testkit.contract.ProviderRig.KEY;
import static dev.assay.testkit.contract.ProviderRig.STREAM;
import static dev.assay.testkit.contract.ProviderRig.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.AttemptRole;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.secret.Secrets;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import dev.assay.testkit.upstream.Gate;
import dev.assay.testkit.upstream.Happening;
import dev.assay.testkit.upstream.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every provider adapter must do with answers in one piece. */
public abstract class AnswerContract extends ProviderContract {
  private static final Duration FIRST_BYTE = Duration.ofSeconds(301);
  private static final RetryDecision SOON = RetryDecision.soon();

  /** A contract for an adapter of a format. */
  protected AnswerContract(Dialect dialect) {
    super(dialect);
  }

  @Test
  void anAnswerCarriesTextUsageAndOneUnpricedAttempt() {
    rig.upstream().then(reply("Hello.").header("x-request-id", "r-1"));
    Answer answer = rig.answer(WHOLE);
    assertThat(answer.text()).isEqualTo("Hello.");
    assertThat(answer.finish()).isEqualTo(FinishReason.STOP);
    assertThat(answer.details().usage()).isEqualTo(Dialect.USAGE);
    assertThat(answer.details().simulated()).isFalse();
    assertThat(answer.details().attempts()).hasSize(1);
    Attempt attempt = answer.details().attempts().getFirst();
    assertThat(attempt.number()).isEqualTo(1);
    assertThat(attempt.role()).isEqualTo(AttemptRole.TRY);
    assertThat(attempt.httpStatus()).contains(200);
    assertThat(attempt.cost()).isEqualTo(Cost.unknown());
    assertThat(attempt.providerRequestId()).contains("r-1");
    assertThat(attempt.endpoint()).contains("127.0.0.1:" + rig.upstream().uri().getPort());
    assertThat(attempt.sent()).contains(rig.upstream().last().body());
  }

  @Test
  void theProvidersBytesStayAsTheyCame() {
    String body = dialect.answer("Hello.");
    rig.upstream().then(Reply.json(200, body));
    Answer answer = rig.answer(WHOLE);
    Exchange exchange = answer.details().exchange().orElseThrow();
    assertThat(exchange.body().utf8()).isEqualTo(body);
    assertThat(exchange.streamed()).isFalse();
    assertThat(answer.details().attempts().getFirst().received()).contains(Bytes.utf8(body));
  }

  @Test
  void aSecretInTheAnswerReachesNobody() {
    String escaped = "\\" + "u0073" + KEY.substring(1);
    for (String key : List.of(KEY, escaped)) {
      String body = dialect.answer("It is KEY!").replace("KEY", key);
      Reply telling = Reply.json(200, body).header("x-request-id", "r-" + KEY);
      rig.upstream().then(telling, telling, telling.at(body.length() / 2, new Happening.Split()));
      Answer answer = rig.answer(WHOLE);
      assertThat(answer.text()).isEqualTo("It is " + Secrets.MASK + "!");
      assertThat(answer.details().exchange().orElseThrow().body().utf8())
          .isEqualTo(dialect.answer("It is " + Secrets.MASK + "!"));
      assertThat(answer.details().attempts().getFirst().providerRequestId())
          .contains("r-" + Secrets.MASK);
      assertThat(ProviderRig.everythingIn(answer)).doesNotContain(KEY, escaped);
      assertThat(ProviderRig.everythingIn(rig.answer(STREAM))).doesNotContain(KEY, escaped);
      assertThat(rig.text()).isEqualTo("It is " + Secrets.MASK + "!");
      assertThat(rig.answer(WHOLE).text()).isEqualTo("It is " + Secrets.MASK + "!");
    }
  }

  @Test
  void itDoesNotMatterHowTheBodyIsFramedAndSplit() {
    for (Reply framed :
        new Reply[] {reply("Hi."), reply("Hi.").chunked(), reply("Hi.").untilClose()}) {
      rig.upstream().then(framed, framed.splitEvery(1));
      assertThat(rig.answer(WHOLE).text()).isEqualTo("Hi.");
      assertThat(rig.answer(WHOLE).text()).isEqualTo("Hi.");
    }
  }

  @Test
  void connectionsServeAgain() {
    rig.upstream().otherwise(reply("Hi."));
    for (int i = 0; i < 5; i++) {
      rig.answer(WHOLE);
    }
    assertThat(rig.upstream().accepted()).isEqualTo(1);
  }

  @Test
  void tenMegabytesAreTaken() {
    String text = "word ".repeat(2_000_000);
    rig.upstream().then(reply(text));
    assertThat(rig.answer(WHOLE).text()).isEqualTo(text);
  }

  @Test
  void missingUsageIsAbsentAndNotZero() {
    rig.upstream().then(Reply.json(200, dialect.answerWithoutUsage("Hi.")));
    assertThat(rig.answer(WHOLE).details().usage()).isEqualTo(Usage.ABSENT);
  }

  @Test
  void aCutAtAnyByteIsALostConnection() {
    Reply whole = reply("Hi.");
    for (int offset = 0; offset < whole.length(); offset++) {
      boolean inOrder = offset % 2 == 0;
      rig.upstream()
          .then(whole.at(offset, inOrder ? new Happening.Close() : new Happening.Reset()));
      Failure failure = rig.failure(WHOLE);
      assertThat(failure.code()).as("cut at " + offset).isEqualTo(ErrorCode.CONNECTION_LOST);
      assertThat(failure.retry()).isEqualTo(SOON);
      assertThat(failure.details().usage()).isEqualTo(Usage.ABSENT);
      assertThat(failure.details().attempts()).hasSize(1);
    }
  }

  @Test
  void silenceBeforeTheFirstByteIsAFirstByteTimeout() {
    rig.upstream().then(reply("Hi.").at(0, new Happening.Stall()));
    Failure failure = stalled();
    assertThat(failure.code()).isEqualTo(ErrorCode.FIRST_BYTE_TIMEOUT);
    assertThat(failure.retry()).isEqualTo(SOON);
    assertThat(failure.details().usage()).isEqualTo(Usage.ABSENT);
  }

  @Test
  void silenceInTheMiddleIsAnIdleTimeout() {
    Reply whole = reply("Hi.");
    for (int offset : new int[] {20, whole.headLength(), whole.length() - 1}) {
      rig.upstream().then(whole.at(offset, new Happening.Stall()));
      assertThat(stalled().code()).as("stall at " + offset).isEqualTo(ErrorCode.IDLE_TIMEOUT);
    }
    rig.upstream().awaitDepartures(3);
  }

  @Test
  void whatIsNoAnswerIsMalformedAndNotTriedAgain() {
    rig.upstream()
        .then(
            Reply.raw(Bytes.utf8("SSH-2.0-OpenSSH_9.9\r\n\r\n")),
            Reply.of(200, "text/html", Bytes.utf8("<html><body>Welcome</body></html>")),
            Reply.json(200, ""),
            Reply.json(200, "null"),
            Reply.json(200, "[1, 2"),
            Reply.json(200, "{}"),
            Reply.json(200, dialect.answer("Hi.") + "}"));
    for (int i = 0; i < 7; i++) {
      Failure failure = rig.failure(WHOLE);
      assertThat(failure.code()).as("reply " + i).isEqualTo(ErrorCode.MALFORMED_RESPONSE);
      assertThat(failure.retry()).isEqualTo(RetryDecision.never());
      assertThat(failure.message()).doesNotContain("Welcome");
    }
  }

  @Test
  void wrongTypesNeverThrow() {
    for (String body : dialect.wrongTypes()) {
      rig.upstream().then(Reply.json(200, body));
      assertThat(rig.ask(WHOLE).details().attempts()).as(body).hasSize(1);
    }
  }

  @Test
  void anAddressWhereNobodyListensIsNoConnection() {
    Failure failure = ProviderRig.failed(rig.ask(rig.lostAdapter(), WHOLE, new Cancellation()));
    assertThat(failure.code()).isEqualTo(ErrorCode.CONNECT_FAILED);
    assertThat(failure.retry()).isEqualTo(SOON);
    assertThat(failure.details().usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void aClientThatLeftChangesNothing() {
    Gate gate = new Gate();
    Reply whole = reply("Hi.");
    rig.upstream().then(whole.at(whole.headLength(), new Happening.Hold(gate)));
    ProviderRig.Asked asked = rig.start(WHOLE);
    gate.awaitReached();
    asked.cancellation().cancel(CancellationReason.CLIENT_GONE);
    gate.open();
    assertThat(asked.outcome()).isInstanceOf(Answer.class);
  }

  @Test
  void anyOtherCancellationClosesTheConnectionAtOnce() {
    Reply whole = reply("Hi.");
    rig.upstream().then(whole.at(whole.headLength(), new Happening.Stall()));
    ProviderRig.Asked asked = rig.start(WHOLE);
    rig.upstream().awaitRequests(1);
    asked.cancellation().cancel(CancellationReason.SHUTDOWN);
    Failure failure = ProviderRig.failed(asked.outcome());
    assertThat(failure.code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
    assertThat(failure.retry()).isEqualTo(RetryDecision.never());
    rig.upstream().awaitDepartures(1);
  }

  @Test
  void theDeadlineEndsTheCall() {
    rig.upstream().then(reply("Hi.").at(0, new Happening.Stall()));
    ProviderRig.Asked asked = rig.start(WHOLE);
    rig.upstream().awaitRequests(1);
    Failure failure = ProviderRig.failed(rig.outcomeWhilePassing(asked, Duration.ofDays(101)));
    assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
  }

  @Test
  void aStreamThatNobodyAskedForIsPutTogether() {
    rig.upstream().then(Reply.events(dialect.stream("Hel", "lo.")));
    Answer answer = rig.answer(WHOLE);
    assertThat(answer.text()).isEqualTo("Hello.");
    assertThat(answer.details().usage()).isEqualTo(Dialect.USAGE);
    assertThat(rig.deltas()).isEmpty();
  }

  @Test
  void anAnswerInOnePieceToAStreamRequestIsPassedOn() {
    rig.upstream().then(reply("Hello."));
    Answer answer = rig.answer(STREAM);
    assertThat(answer.text()).isEqualTo("Hello.");
    assertThat(rig.text()).isEqualTo("Hello.");
  }

  private Reply reply(String text) {
    return Reply.json(200, dialect.answer(text));
  }

  private Failure stalled() {
    int before = rig.upstream().requests();
    ProviderRig.Asked asked = rig.start(WHOLE);
    rig.upstream().awaitRequests(before + 1);
    return ProviderRig.failed(rig.outcomeWhilePassing(asked, FIRST_BYTE));
  }
}
