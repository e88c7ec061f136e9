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
 * @param topK among how many of the likeliest tokens it is drawn
 * @param presencePenalty how much tokens that occurred are avoided, between −2 and 2
 * @param frequencyPenalty how much tokens are avoided for each time that they occurred, between −2
 *     and 2
 * @param logprobs how many likely tokens are told for each place; 0 tells of the drawn one only
 */
public record Sampling(
    Optional<Double> temperature,
    Optional<Double> topP,
    Optional<Long> maxOutputTokens,
    List<String> stop,
    Optional<Long> seed,
    Optional<Integer> choices,
    Optional<Integer> topK,
    Optional<Double> presencePenalty,
    Optional<Double> frequencyPenalty,
    Optional<Integer> logprobs) {
  /** The model's defaults throughout. */
  public static final Sampling DEFAULT =
      new Sampling(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty());

  /** Without the rarer wishes. */
  public Sampling(
      Optional<Double> temperature,
      Optional<Double> topP,
      Optional<Long> maxOutputTokens,
      List<String> stop,
      Optional<Long> seed,
      Optional<Integer> choices) {
    this(
        temperature,
        topP,
        maxOutputTokens,
        stop,
        seed,
        choices,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Copies the stop texts. */
  public Sampling {
    stop = List.copyOf(stop);
  }
}
