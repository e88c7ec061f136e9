package dev.assay.core.usage;

/**
 * Tokens by disjoint class; the classes sum to {@link #total()}.
 *
 * @param input input tokens that were neither read from nor written to a prompt cache
 * @param cacheRead input tokens read from a prompt cache
 * @param cacheWrite5m input tokens written to a cache that lives five minutes
 * @param cacheWrite1h input tokens written to a cache that lives an hour
 * @param output output tokens, reasoning included
 * @param reasoning how many of the output tokens were reasoning
 * @param inputAudio how many of the {@code input} tokens were audio
 * @param outputAudio how many of the output tokens were audio
 * @param provenance where the counts come from
 */
public record Usage(
    long input,
    long cacheRead,
    long cacheWrite5m,
    long cacheWrite1h,
    long output,
    long reasoning,
    long inputAudio,
    long outputAudio,
    Provenance provenance) {
  /**
   * More tokens than any call uses: more is no count, and sums of so many stay far from an
   * overflow.
   */
  public static final long MOST = 1_000_000_000_000L;

  /** Nothing was used, and that is certain: the request was not processed. */
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, Provenance.REPORTED);

  /** Nobody knows what was used. */
  public static final Usage ABSENT = new Usage(0, 0, 0, 0, 0, 0, Provenance.ABSENT);

  /** Usage without audio. */
  public Usage(
      long input,
      long cacheRead,
      long cacheWrite5m,
      long cacheWrite1h,
      long output,
      long reasoning,
      Provenance provenance) {
    this(input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning, 0, 0, provenance);
  }

  /**
   * Checks that no count is negative, that reasoning and audio are parts of the output, and audio a
   * part of the input.
   */
  public Usage {
    if (input < 0 || cacheRead < 0 || cacheWrite5m < 0 || cacheWrite1h < 0) {
      throw new IllegalArgumentException("usage: an input class is negative");
    }
    if (output < 0 || reasoning < 0 || reasoning > output) {
      throw new IllegalArgumentException("usage: reasoning is not a part of the output");
    }
    if (inputAudio < 0 || inputAudio > input || outputAudio < 0 || outputAudio > output) {
      throw new IllegalArgumentException("usage: audio is not a part of the input or the output");
    }
  }

  /** Usage without any cache or reasoning, as reported. */
  public static Usage reported(long input, long output) {
    return new Usage(input, 0, 0, 0, output, 0, Provenance.REPORTED);
  }

  /** The same counts, but no longer certain: more may have been used since they were reported. */
  public Usage soFar() {
    return new Usage(
        input,
        cacheRead,
        cacheWrite5m,
        cacheWrite1h,
        output,
        reasoning,
        inputAudio,
        outputAudio,
        provenance.and(Provenance.ESTIMATED));
  }

  /** All tokens. */
  public long total() {
    return input + cacheRead + cacheWrite5m + cacheWrite1h + output;
  }

  /** The sum, class by class; it is only as certain as its less certain part. */
  public Usage plus(Usage other) {
    return new Usage(
        Math.addExact(input, other.input),
        Math.addExact(cacheRead, other.cacheRead),
        Math.addExact(cacheWrite5m, other.cacheWrite5m),
        Math.addExact(cacheWrite1h, other.cacheWrite1h),
        Math.addExact(output, other.output),
        Math.addExact(reasoning, other.reasoning),
        Math.addExact(inputAudio, other.inputAudio),
        Math.addExact(outputAudio, other.outputAudio),
        provenance.and(other.provenance));
  }
}
