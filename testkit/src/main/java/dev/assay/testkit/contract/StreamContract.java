package dev.assay.testkit.contract;

import static dev.assay.testkit.contract.ProviderRig.KEY;
import static dev.assay.testkit.contract.ProviderRig.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.StreamHead;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.outcome.StreamEvent;
import dev.assay.core.request.Part;
import dev.assay.core.secret.Secrets;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.testkit.upstream.Gate;
import dev.assay.testkit.upstream.Happening;
import dev.assay.testkit.upstream.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every provider adapter must do with streams. */
public abstract class StreamContract extends ProviderContract {
  private static final Duration IDLE = Duration.ofSeconds(301);

  private final List<String> events;

  // How many events come before the content, and how many of no content before its end.
  private final int opening;
  private final int closing;

  /** A contract for an adapter of a format. */
  protected StreamContract(Dialect dialect) {
    super(dialect);
    this.events = dialect.stream("Hel", "lo", ".");
    this.opening = dialect.openings();
    this.closing = dialect.closings();
  }

  @Test
  void contentPassesAsItsOwnBytesAndTheEndIsHeld() {
    rig.upstream().then(Reply.events(events));
    Answer answer = rig.answer(STREAM);
    assertThat(answer.text()).isEqualTo("Hello.");
    assertThat(answer.finish()).isEqualTo(FinishReason.STOP);
    assertThat(answer.details().usage()).isEqualTo(Dialect.USAGE);
    assertThat(answer.details().timings().firstToken()).isPresent();
    assertThat(rig.text()).isEqualTo("Hello.");
    int end = events.size() - dialect.endings();
    assertThat(rig.raw()).isEqualTo(String.join("", events.subList(0, end)));
    assertThat(held(answer)).isEqualTo(String.join("", events.subList(end, events.size())));
    Exchange exchange = answer.details().exchange().orElseThrow();
    assertThat(exchange.streamed()).isTrue();
    assertThat(exchange.held().getFirst().kind()).isEqualTo(StreamEvent.Kind.FINISH);
    assertThat(exchange.body().utf8()).startsWith("[").endsWith("]");
    assertThat(answer.details().attempts().getFirst().received())
        .contains(Bytes.utf8(String.join("", events)));
  }

  @Test
  void theHeadersThatTravelBackPassBeforeTheContent() {
    rig.upstream()
        .then(
            Reply.events(events).header("X-Request-Id", "r-1").header("x-ratelimit-limit", "9"),
            Reply.json(200, dialect.answer("Hi.")).header("x-request-id", "r-2"));
    Answer streamed = rig.answer(STREAM);
    StreamHead head = rig.heads().getFirst();
    assertThat(rig.heads()).hasSize(1);
    assertThat(head.simulated()).isFalse();
    assertThat(head.format()).contains(streamed.details().exchange().orElseThrow().format());
    assertThat(head.headers())
        .containsExactlyInAnyOrderEntriesOf(Map.of("x-request-id", "r-1", "x-ratelimit-limit", "9"))
        .isEqualTo(streamed.details().exchange().orElseThrow().headers());
    rig.answer(STREAM);
    assertThat(rig.heads())
        .singleElement()
        .satisfies(whole -> assertThat(whole.headers()).containsEntry("x-request-id", "r-2"));
  }

  @Test
  void aSplitAtAnyByteChangesNothing() {
    Reply whole = Reply.events(events);
    rig.upstream().then(whole.splitEvery(1), whole.untilClose().splitEvery(1));
    for (int offset = 1; offset < whole.length(); offset += 7) {
      rig.upstream().then(whole.at(offset, new Happening.Split()));
    }
    int end = events.size() - dialect.endings();
    while (rig.upstream().unplayed() > 0) {
      assertThat(rig.answer(STREAM).text()).isEqualTo("Hello.");
      assertThat(rig.raw()).isEqualTo(String.join("", events.subList(0, end)));
    }
  }

  @Test
  void nothingPassesBeforeTheFirstContent() {
    Gate gate = new Gate();
    rig.upstream().then(Reply.events(events).before(opening, new Happening.Hold(gate)));
    ProviderRig.Asked asked = rig.start(STREAM);
    gate.awaitReached();
    assertThat(rig.deltas()).isEmpty();
    gate.open();
    assertThat(asked.outcome()).isInstanceOf(Answer.class);
    assertThat(rig.deltas().subList(0, opening))
        .allSatisfy(delta -> assertThat(delta.content()).isEmpty());
    assertThat(rig.deltas()).hasSize(opening + 3 + closing);
  }

  @Test
  void aStreamWithoutAnyContentIsHeldWhole() {
    List<String> silent = dialect.stream();
    rig.upstream().then(Reply.events(silent));
    Answer answer = rig.answer(STREAM);
    assertThat(rig.deltas()).isEmpty();
    assertThat(rig.heads()).isEmpty();
    assertThat(answer.parts()).isEmpty();
    assertThat(held(answer)).isEqualTo(String.join("", silent));
    assertThat(answer.details().exchange().orElseThrow().held().subList(0, opening))
        .allSatisfy(event -> assertThat(event.kind()).isEqualTo(StreamEvent.Kind.PRELUDE));
  }

  @Test
  void connectionsServeAgainBehindAStream() {
    rig.upstream().otherwise(Reply.events(events));
    for (int i = 0; i < 20; i++) {
      rig.answer(STREAM);
    }
    // The end of a stream may be read a moment after its answer is out.
    assertThat(rig.upstream().accepted()).isLessThan(20);
  }

  @Test
  void missingUsageIsAbsentAndNotZero() {
    rig.upstream().then(Reply.events(dialect.streamWithoutUsage("Hello.")));
    assertThat(rig.answer(STREAM).details().usage()).isEqualTo(Usage.ABSENT);
  }

  @Test
  void aCutAtAnyByteBeforeTheFinishReasonIsALostConnectionWithWhatHadCome() {
    Reply whole = Reply.events(events);
    int finish = whole.pieceOffset(events.size() - dialect.endings());
    for (int offset = 0; offset < finish; offset++) {
      boolean inOrder = offset % 2 == 0;
      rig.upstream()
          .then(whole.at(offset, inOrder ? new Happening.Close() : new Happening.Reset()));
      Failure failure = rig.failure(STREAM);
      assertThat(failure.code()).as("cut at " + offset).isEqualTo(ErrorCode.CONNECTION_LOST);
      assertThat(Part.text(failure.partial())).isEqualTo(rig.text());
      assertThat("Hello.").startsWith(rig.text());
      assertThat(failure.details().usage().provenance()).isNotEqualTo(Provenance.REPORTED);
    }
    assertThat(rig.text()).isEqualTo("Hello.");
  }

  @Test
  void aCutAnywhereBehindTheFinishReasonIsAnAnswer() {
    Reply whole = Reply.events(events);
    int behind = whole.pieceOffset(events.size() - dialect.endings() + 1);
    for (int offset = behind; offset < whole.length(); offset++) {
      rig.upstream().then(whole.at(offset, new Happening.Close()));
      Answer answer = rig.answer(STREAM);
      assertThat(answer.text()).as("cut at " + offset).isEqualTo("Hello.");
    }
  }

  @Test
  void anEndWithoutAnEndMarkIsAnAnswer() {
    int marks = dialect.endings() > 1 ? 1 : 0;
    List<String> unmarked = events.subList(0, events.size() - marks);
    rig.upstream().then(Reply.events(unmarked), Reply.events(unmarked).untilClose());
    assertThat(rig.answer(STREAM).details().usage()).isEqualTo(Dialect.USAGE);
    assertThat(rig.answer(STREAM).details().usage()).isEqualTo(Dialect.USAGE);
  }

  @Test
  void anEndWithoutAFinishReasonIsALostConnection() {
    int end = events.size() - dialect.endings();
    rig.upstream()
        .then(
            Reply.events(events.subList(0, end)),
            Reply.events(events.subList(0, end)).untilClose());
    for (int i = 0; i < 2; i++) {
      Failure failure = rig.failure(STREAM);
      assertThat(failure.code()).isEqualTo(ErrorCode.CONNECTION_LOST);
      assertThat(failure.partial()).containsExactly(new Part.Text("Hello."));
    }
  }

  @Test
  void halfAnEventIsNotPassedOn() {
    List<String> half = new ArrayList<>(events.subList(0, opening + 1));
    String next = events.get(opening + 1);
    half.add(next.substring(0, next.length() / 2));
    rig.upstream().then(Reply.events(half).untilClose());
    Failure failure = rig.failure(STREAM);
    assertThat(failure.code()).isEqualTo(ErrorCode.CONNECTION_LOST);
    assertThat(rig.text()).isEqualTo("Hel");
    assertThat(failure.partial()).containsExactly(new Part.Text("Hel"));
  }

  @Test
  void silenceIsATimeoutWithWhatHadCome() {
    Reply whole = Reply.events(events);
    rig.upstream()
        .then(
            whole.at(0, new Happening.Stall()),
            whole.at(whole.headLength(), new Happening.Stall()),
            whole.before(opening + 2, new Happening.Stall()));
    assertThat(stalled().code()).isEqualTo(ErrorCode.FIRST_BYTE_TIMEOUT);
    Failure early = stalled();
    assertThat(early.code()).isEqualTo(ErrorCode.IDLE_TIMEOUT);
    assertThat(early.partial()).isEmpty();
    assertThat(early.retry()).isEqualTo(RetryDecision.soon());
    // Time must not pass before what is sent has come.
    Failure late = stalled(opening + 2);
    assertThat(late.code()).isEqualTo(ErrorCode.IDLE_TIMEOUT);
    assertThat(late.partial()).containsExactly(new Part.Text("Hello"));
    rig.upstream().awaitDepartures(3);
  }

  @Test
  void patienceIsShorterOnceContentHasBegun() {
    rig.upstream().then(Reply.events(events).before(opening + 2, new Happening.Stall()));
    ProviderRig.Asked asked = rig.start(STREAM);
    rig.awaitDeltas(opening + 2);
    // Four times a minute is less than the patience before the first content.
    Outcome outcome = rig.outcomeWithin(asked, Duration.ofSeconds(61), 4);
    assertThat(ProviderRig.failed(outcome).code()).isEqualTo(ErrorCode.IDLE_TIMEOUT);
  }

  @Test
  void anErrorInsideAStreamIsAFailureInTheProvidersWords() {
    List<String> broken = new ArrayList<>(events.subList(0, opening + 2));
    broken.add(dialect.errorEvent("the engine is on fire"));
    broken.add(events.getLast());
    rig.upstream().then(Reply.events(broken).before(opening + 3, new Happening.Stall()));
    Failure failure = rig.failure(STREAM);
    assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_ERROR);
    assertThat(failure.provider().orElseThrow().message()).contains("the engine is on fire");
    assertThat(failure.provider().orElseThrow().httpStatus()).isEqualTo(200);
    assertThat(failure.partial()).containsExactly(new Part.Text("Hello"));
    rig.upstream().awaitDepartures(1);
  }

  @Test
  void aSecretInAnEventReachesNobody() {
    String escaped = "\\" + "u0073" + KEY.substring(1);
    for (String key : List.of(KEY, escaped)) {
      List<String> telling =
          dialect.stream("a", "KEY b", "c").stream()
              .map(event -> event.replace("KEY", key))
              .toList();
      rig.upstream()
          .then(
              Reply.events(telling).header("x-request-id", "r-" + KEY),
              Reply.events(telling.subList(0, opening + 3)).untilClose());
      Answer answer = rig.answer(STREAM);
      assertThat(answer.text()).isEqualTo("a" + Secrets.MASK + " bc");
      assertThat(rig.heads().getFirst().headers())
          .containsEntry("x-request-id", "r-" + Secrets.MASK);
      assertThat(rig.raw()).contains(Secrets.MASK + " b").doesNotContain(key);
      assertThat(ProviderRig.everythingIn(answer)).doesNotContain(KEY, escaped);
      assertThat(ProviderRig.everythingIn(rig.failure(STREAM))).doesNotContain(KEY, escaped);
    }
  }

  @Test
  void aSecretSpreadOverEventsIsNotKept() {
    for (int cut = 1; cut < KEY.length() - 1; cut++) {
      String[] said = {
        "It is: " + KEY.substring(0, cut), KEY.substring(cut, cut + 1), KEY.substring(cut + 1), "!"
      };
      List<String> telling = dialect.stream(said);
      rig.upstream()
          .then(Reply.events(telling), Reply.events(telling.subList(0, opening + 4)).untilClose());
      Answer answer = rig.answer(STREAM);
      assertThat(answer.text()).isEqualTo("It is: " + Secrets.MASK + "!");
      Exchange exchange = answer.details().exchange().orElseThrow();
      Bytes received = answer.details().attempts().getFirst().received().orElseThrow();
      assertThat(List.of(exchange.body().utf8(), received.utf8()))
          .allSatisfy(kept ->
              assertThat(kept)
                  .contains(Secrets.MASK, "!")
                  .doesNotContain("\"" + said[0] + "\"", "\"" + said[2] + "\""));
      Failure failure = rig.failure(STREAM);
      assertThat(failure.partial()).containsExactly(new Part.Text(answer.text()));
      assertThat(ProviderRig.everythingIn(failure)).doesNotContain("It is: s");
    }
  }

  @Test
  void garbageIsMalformed() {
    rig.upstream()
        .then(
            Reply.events("data: {\"half\": \n\n"),
            Reply.events("<html>hello</html>\n\n"),
            Reply.events(),
            Reply.of(200, "text/html", Bytes.utf8("<html></html>")));
    for (int i = 0; i < 4; i++) {
      Failure failure = rig.failure(STREAM);
      assertThat(failure.code()).as("reply " + i).isEqualTo(ErrorCode.MALFORMED_RESPONSE);
      assertThat(failure.retry()).isEqualTo(RetryDecision.never());
      assertThat(rig.deltas()).isEmpty();
    }
  }

  @Test
  void aStreamWhoseClientLeftIsReadOnForItsUsage() {
    Gate gate = new Gate();
    rig.upstream().then(Reply.events(events).before(opening + 1, new Happening.Hold(gate)));
    ProviderRig.Asked asked = rig.start(STREAM);
    gate.awaitReached();
    asked.cancellation().cancel(CancellationReason.CLIENT_GONE);
    gate.open();
    Answer answer = (Answer) asked.outcome();
    assertThat(answer.text()).isEqualTo("Hello.");
    assertThat(answer.details().usage()).isEqualTo(Dialect.USAGE);
    assertThat("Hel").startsWith(rig.text());
  }

  @Test
  void aStreamWhoseClientLeftIsReadOnForThirtySecondsAtMost() {
    rig.upstream().then(Reply.events(events).before(opening + 2, new Happening.Stall()));
    ProviderRig.Asked asked = rig.start(STREAM);
    rig.upstream().awaitRequests(1);
    asked.cancellation().cancel(CancellationReason.CLIENT_GONE);
    Outcome outcome = rig.outcomeWhilePassing(asked, Duration.ofSeconds(31));
    assertThat(ProviderRig.failed(outcome).code()).isEqualTo(ErrorCode.CANCELLED);
    assertThat(outcome.details().usage().provenance()).isNotEqualTo(Provenance.REPORTED);
    rig.upstream().awaitDepartures(1);
  }

  @Test
  void aStreamWhoseClientLeftIsReadOnForAMebibyteAtMost() {
    Gate gate = new Gate();
    String[] texts = new String[40];
    texts[0] = "Hel";
    for (int i = 1; i < texts.length; i++) {
      texts[i] = "word ".repeat(10_000);
    }
    rig.upstream()
        .then(Reply.events(dialect.stream(texts)).before(opening + 1, new Happening.Hold(gate)));
    ProviderRig.Asked asked = rig.start(STREAM);
    gate.awaitReached();
    asked.cancellation().cancel(CancellationReason.CLIENT_GONE);
    gate.open();
    Outcome outcome = asked.outcome();
    assertThat(ProviderRig.failed(outcome).code()).isEqualTo(ErrorCode.CANCELLED);
    assertThat(outcome.details().usage().provenance()).isNotEqualTo(Provenance.REPORTED);
  }

  @Test
  void anyOtherCancellationClosesTheConnectionAtOnce() {
    rig.upstream().then(Reply.events(events).before(opening + 2, new Happening.Stall()));
    ProviderRig.Asked asked = rig.start(STREAM);
    rig.upstream().awaitRequests(1);
    asked.cancellation().cancel(CancellationReason.LOST);
    assertThat(ProviderRig.failed(asked.outcome()).code()).isEqualTo(ErrorCode.CANCELLED);
    rig.upstream().awaitDepartures(1);
  }

  private static String held(Answer answer) {
    StringBuilder held = new StringBuilder();
    answer.details().exchange().orElseThrow().held().stream()
        .map(event -> event.raw().utf8())
        .forEach(held::append);
    return held.toString();
  }

  private Failure stalled() {
    return stalled(0);
  }

  private Failure stalled(int deltas) {
    int before = rig.upstream().requests();
    ProviderRig.Asked asked = rig.start(STREAM);
    rig.upstream().awaitRequests(before + 1);
    rig.awaitDeltas(deltas);
    return ProviderRig.failed(rig.outcomeWhilePassing(asked, IDLE));
  }
}
