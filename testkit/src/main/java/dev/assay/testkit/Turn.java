package dev.assay.testkit;

import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.usage.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a {@link ScriptedProvider} does in one attempt: it waits, says its pieces, and ends. The
 * pieces of a stream pass the sink one by one.
 *
 * @param pieces what it says
 * @param lastWait how long it waits between the last piece and the end
 * @param end how it ends
 * @param usage what it reports
 */
public record Turn(List<Piece> pieces, Duration lastWait, End end, Usage usage) {
  /** What an answer reports unless told otherwise: ten tokens in, five out. */
  public static final Usage USAGE = Usage.reported(10, 5);

  /** Copies the pieces. */
  public Turn {
    pieces = List.copyOf(pieces);
  }

  /**
   * A piece of text.
   *
   * @param pause how long it waits before it
   */
  public record Piece(Duration pause, String text) {}

  /** How an attempt ends. */
  public sealed interface End {
    /** With an answer of what was said. */
    record Answers(FinishReason finish) implements End {}

    /** With a failure; what was said is its partial answer. */
    record Fails(ErrorCode code, RetryDecision retry) implements End {}

    /** Never, unless the call is cancelled or its deadline passes. */
    record Hangs() implements End {}
  }

  /** An answer in these pieces, at once. */
  public static Turn answer(String... pieces) {
    return new Turn(
        Arrays.stream(pieces).map(text -> new Piece(Duration.ZERO, text)).toList(),
        Duration.ZERO,
        new End.Answers(FinishReason.STOP),
        USAGE);
  }

  /** A failure at once that is worth another attempt. */
  public static Turn failure(ErrorCode code) {
    return failure(code, RetryDecision.soon());
  }

  /** A failure at once. */
  public static Turn failure(ErrorCode code, RetryDecision retry) {
    return new Turn(List.of(), Duration.ZERO, new End.Fails(code, retry), Usage.NONE);
  }

  /** Says nothing and never ends by itself. */
  public static Turn hanging() {
    return new Turn(List.of(), Duration.ZERO, new End.Hangs(), Usage.ABSENT);
  }

  /** The same, with these pieces before the end. */
  public Turn saying(String... texts) {
    return new Turn(answer(texts).pieces, lastWait, end, usage);
  }

  /** The same, a time later. */
  public Turn after(Duration wait) {
    if (pieces.isEmpty()) {
      return new Turn(pieces, wait, end, usage);
    }
    List<Piece> later = new ArrayList<>(pieces);
    later.set(0, new Piece(wait, pieces.getFirst().text()));
    return new Turn(later, lastWait, end, usage);
  }

  /** The same, with a wait between the pieces and before the end. */
  public Turn paced(Duration wait) {
    List<Piece> paced = new ArrayList<>();
    for (Piece piece : pieces) {
      paced.add(new Piece(paced.isEmpty() ? piece.pause() : wait, piece.text()));
    }
    return new Turn(paced, wait, end, usage);
  }

  /** The same with another usage. */
  public Turn using(Usage other) {
    return new Turn(pieces, lastWait, end, other);
  }
}
