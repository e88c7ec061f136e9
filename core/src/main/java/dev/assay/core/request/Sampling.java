package dev.assay.core.request;

import java.util.List;
import java.util.Optional;

/**
 * How the answer is drawn; whatever is absent is the model's default.
 *
 * @param temperature at least 0
 * @param topP between 0 and 1
 * @param maxOutputTokens the cap on output tokens, reasoning included
 * @param stop texts that end the answer
 * @param seed the wish for a repeatable draw
 * @param choices how many answers are drawn
 */
public record Sampling(
    Optional<Double> temperature,
    Optional<Double> topP,
    Optional<Long> maxOutputTokens,
    List<String> stop,
    Optional<Long> seed,
    Optional<Integer> choices) {
  /** The model's defaults throughout. */
  public static final Sampling DEFAULT =
      new Sampling(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty());

  /** Copies the stop texts. */
  public Sampling {
    stop = List.copyOf(stop);
  }
}
