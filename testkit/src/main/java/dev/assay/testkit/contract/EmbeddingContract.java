package dev.assay.testkit.contract;

import static dev.assay.testkit.contract.ProviderRig.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Part;
import dev.assay.core.usage.Usage;
import dev.assay.core.vector.Vector;
import dev.assay.testkit.upstream.Happening;
import dev.assay.testkit.upstream.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every provider adapter that embeds must do with the answers; {@link ErrorContract} with
 * {@link #TWO} says what it must do with error responses.
 */
public abstract class EmbeddingContract extends ProviderContract {
  /** A request for two vectors. */
  public static final EmbeddingRequest TWO =
      new EmbeddingRequest("e-1", List.of("a", "b"), Optional.empty(), Optional.empty());

  private static final Duration FIRST_BYTE = Duration.ofSeconds(301);
  private static final RetryDecision SOON = RetryDecision.soon();
  private static final String FIRST = "[0.5,1]";
  private static final String SECOND = "[1,0]";
  private static final List<Part> BOTH =
      List.of(new Part.Embedding(Vector.of(0.5f, 1)), new Part.Embedding(Vector.of(1, 0)));

  private final EmbeddingDialect embedding;

  /** A contract for an adapter of a format. */
  protected EmbeddingContract(EmbeddingDialect embedding) {
    super(embedding.dialect());
    this.embedding = embedding;
  }

  @Test
  void anAnswerCarriesVectorsUsageAndOneAttempt() {
    String body = embedding.reporting(EmbeddingDialect.REPORTED, FIRST, SECOND);
    rig.upstream().then(Reply.json(200, body).header("x-request-id", "r-1"));
    Answer answer = rig.answer(TWO);
    assertThat(answer.parts()).isEqualTo(BOTH);
    assertThat(answer.details().usage()).isEqualTo(Usage.reported(7, 0));
    assertThat(answer.details().exchange().orElseThrow().body().utf8()).isEqualTo(body);
    assertThat(answer.details().attempts()).hasSize(1);
    assertThat(answer.details().attempts().getFirst().providerRequestId()).contains("r-1");
    assertThat(answer.details().attempts().getFirst().sent())
        .contains(rig.upstream().last().body());
  }

  @Test
  void itDoesNotMatterHowTheBodyIsFramedAndSplit() {
    Reply reply = reply();
    for (Reply framed : new Reply[] {reply, reply.chunked(), reply.untilClose()}) {
      rig.upstream().then(framed, framed.splitEvery(1));
      assertThat(rig.answer(TWO).parts()).isEqualTo(BOTH);
      assertThat(rig.answer(TWO).parts()).isEqualTo(BOTH);
    }
    for (int offset = 1; offset < reply.length(); offset++) {
      rig.upstream().then(reply.at(offset, new Happening.Split()));
      assertThat(rig.answer(TWO).parts()).as("split at " + offset).isEqualTo(BOTH);
    }
  }

  @Test
  void everyFormOfTheVectorsIsRead() {
    for (String body : embedding.alike()) {
      rig.upstream().then(Reply.json(200, body));
      assertThat(rig.answer(TWO).parts()).as(body).isEqualTo(BOTH);
    }
  }

  @Test
  void numbersAreRoundedOnce() {
    String close = "1.00000017881393432617187499";
    String large = "12345678901234567890";
    rig.upstream()
        .then(Reply.json(200, embedding.answer("[" + close + ",-0.0]", "[1e-400," + large + "]")));
    assertThat(rig.answer(TWO).parts())
        .containsExactly(
            new Part.Embedding(Vector.of(Float.parseFloat(close), -0.0f)),
            new Part.Embedding(Vector.of(0, Float.parseFloat(large))));
  }

  @Test
  void vectorsThatAreNotWholeAreMalformed() {
    List<String> unsound =
        List.of(
            "[]",
            "[1]",
            "[1,2,3]",
            "[NaN,1]",
            "[Infinity,1]",
            "[-Infinity,1]",
            "[1e39,1]",
            "[-1e400,1]",
            "[1" + "0".repeat(400) + ",1]",
            "[null,1]",
            "[\"1\",1]",
            "[true,1]",
            "[[1],1]",
            "[{},1]",
            "null",
            "7",
            "{}",
            "\"\"",
            "\"?\"",
            "\"AAAA\"",
            "\"AACAfwAAgD8=\"",
            "\"AADAfwAAgD8=\"");
    for (String vector : unsound) {
      malformed(Reply.json(200, embedding.answer(vector, FIRST)));
      malformed(Reply.json(200, embedding.answer(FIRST, vector)));
    }
    malformed(Reply.json(200, embedding.answer("[]", "[]")));
    malformed(Reply.json(200, embedding.answer("\"\"", "\"\"")));
  }

  @Test
  void asManyVectorsAsTextsAreWanted() {
    malformed(Reply.json(200, embedding.answer()));
    malformed(Reply.json(200, embedding.answer(FIRST)));
    malformed(Reply.json(200, embedding.answer(FIRST, SECOND, FIRST)));
  }

  @Test
  void vectorsThatNobodyCanPlaceAreMalformed() {
    for (String body : embedding.astray()) {
      malformed(Reply.json(200, body));
    }
  }

  @Test
  void usageThatIsMissingOrImpossibleIsAbsentAndNotZero() {
    List<String> impossible =
        List.of(
            "-1", "1e400", "9223372036854775807", "99999999999999999999", "\"7\"", "null", "[]");
    rig.upstream().then(Reply.json(200, embedding.answer(FIRST, SECOND)));
    assertThat(rig.answer(TWO).details().usage()).isEqualTo(Usage.ABSENT);
    for (String tokens : impossible) {
      rig.upstream().then(Reply.json(200, embedding.reporting(tokens, FIRST, SECOND)));
      Answer answer = rig.answer(TWO);
      assertThat(answer.parts()).as(tokens).isEqualTo(BOTH);
      assertThat(answer.details().usage()).as(tokens).isEqualTo(Usage.ABSENT);
    }
  }

  @Test
  void wrongTypesAreNoVectors() {
    for (String body : embedding.wrongTypes()) {
      rig.upstream().then(Reply.json(200, body));
      assertThat(rig.failure(TWO).details().attempts()).as(body).hasSize(1);
    }
  }

  @Test
  void whatIsNoAnswerIsMalformed() {
    malformed(Reply.raw(Bytes.utf8("SSH-2.0-OpenSSH_9.9\r\n\r\n")));
    malformed(Reply.of(200, "text/html", Bytes.utf8("<html><body>Welcome</body></html>")));
    for (String body : List.of("", "null", "[1, 2", "[]", "{}", "not json")) {
      malformed(Reply.json(200, body));
    }
    malformed(Reply.json(200, embedding.answer(FIRST, SECOND) + "}"));
  }

  @Test
  void anErrorWithStatus200IsAFailure() {
    rig.upstream().then(Reply.json(200, dialect.error("went wrong")));
    Failure failure = rig.failure(TWO);
    assertThat(failure.code().blame()).isEqualTo(ErrorCode.PROVIDER_ERROR.blame());
    assertThat(failure.provider().orElseThrow().message()).contains("went wrong");
  }

  @Test
  void aCutAtAnyByteIsALostConnection() {
    Reply whole = reply();
    for (int offset = 0; offset < whole.length(); offset++) {
      boolean inOrder = offset % 2 == 0;
      rig.upstream()
          .then(whole.at(offset, inOrder ? new Happening.Close() : new Happening.Reset()));
      Failure failure = rig.failure(TWO);
      assertThat(failure.code()).as("cut at " + offset).isEqualTo(ErrorCode.CONNECTION_LOST);
      assertThat(failure.retry()).isEqualTo(SOON);
      assertThat(failure.details().usage()).isEqualTo(Usage.ABSENT);
    }
  }

  @Test
  void silenceEndsTheCall() {
    Reply whole = reply();
    assertThat(stalled(whole, 0, FIRST_BYTE).code()).isEqualTo(ErrorCode.FIRST_BYTE_TIMEOUT);
    assertThat(stalled(whole, whole.length() - 1, FIRST_BYTE).code())
        .isEqualTo(ErrorCode.IDLE_TIMEOUT);
    assertThat(stalled(whole, 0, Duration.ofDays(101)).code())
        .isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
  }

  @Test
  void aSecretInTheAnswerReachesNobody() {
    String body = embedding.answer(FIRST, SECOND);
    String telling = body.substring(0, body.length() - 1) + ",\"note\":\"" + KEY + "\"}";
    rig.upstream().then(Reply.json(200, telling).header("x-request-id", "r-" + KEY));
    Answer answer = rig.answer(TWO);
    assertThat(answer.parts()).isEqualTo(BOTH);
    assertThat(ProviderRig.everythingIn(answer)).doesNotContain(KEY);
  }

  private Reply reply() {
    return Reply.json(200, embedding.answer(FIRST, SECOND));
  }

  private void malformed(Reply reply) {
    rig.upstream().then(reply);
    Failure failure = rig.failure(TWO);
    assertThat(failure.code()).isEqualTo(ErrorCode.MALFORMED_RESPONSE);
    assertThat(failure.retry()).isEqualTo(RetryDecision.never());
    assertThat(failure.message()).doesNotContain("Welcome");
  }

  private Failure stalled(Reply whole, int offset, Duration step) {
    int before = rig.upstream().requests();
    rig.upstream().then(whole.at(offset, new Happening.Stall()));
    ProviderRig.Asked asked = rig.start(TWO);
    rig.upstream().awaitRequests(before + 1);
    return ProviderRig.failed(rig.outcomeWhilePassing(asked, step));
  }
}
