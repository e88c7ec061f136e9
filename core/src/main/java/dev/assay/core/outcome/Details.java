package dev.assay.core.outcome;

import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What answers and failures have in common.
 *
 * @param kind how the call was answered
 * @param provider the provider that was asked last; empty when none was
 * @param model the model's name at the provider, resolved when the provider said so; as asked when
 *     none was
 * @param usage the sum over the attempts
 * @param cost the sum over the attempts
 * @param attempts every exchange made for the call, in order
 * @param timings when it ran
 * @param exchange the raw exchange of the last attempt, when there was one over a wire
 * @param warnings what the caller should know
 * @param simulated whether a simulator answered
 * @param embedding how a request for embeddings was answered; absent for others
 */
public record Details(
    CallKind kind,
    String provider,
    String model,
    Usage usage,
    Cost cost,
    List<Attempt> attempts,
    Timings timings,
    Optional<Exchange> exchange,
    List<String> warnings,
    boolean simulated,
    Optional<EmbeddingReport> embedding) {
  /** Copies the lists. */
  public Details {
    attempts = List.copyOf(attempts);
    warnings = List.copyOf(warnings);
  }

  /** Details of a call that embeds nothing, or says nothing of how. */
  public Details(
      CallKind kind,
      String provider,
      String model,
      Usage usage,
      Cost cost,
      List<Attempt> attempts,
      Timings timings,
      Optional<Exchange> exchange,
      List<String> warnings,
      boolean simulated) {
    this(
        kind,
        provider,
        model,
        usage,
        cost,
        attempts,
        timings,
        exchange,
        warnings,
        simulated,
        Optional.empty());
  }

  /** Details of a call for which nothing was sent. */
  public static Details refused(String model, Timings timings) {
    return new Details(
        CallKind.REFUSED,
        "",
        model,
        Usage.NONE,
        Cost.free(),
        List.of(),
        timings,
        Optional.empty(),
        List.of(),
        false);
  }

  /**
   * Details of a call that a provider answered by one attempt.
   *
   * @param attempt the attempt; provider, model, usage, cost and timings are its own
   * @param firstToken from the beginning to the first content, for streams
   */
  public static Details of(
      Attempt attempt,
      Optional<Duration> firstToken,
      Optional<Exchange> exchange,
      List<String> warnings,
      boolean simulated) {
    return new Details(
        CallKind.PROVIDER,
        attempt.provider(),
        attempt.model(),
        attempt.usage(),
        attempt.cost(),
        List.of(attempt),
        new Timings(attempt.startedAt(), attempt.latency(), firstToken),
        exchange,
        warnings,
        simulated);
  }

  /** The same with other attempts; usage and cost become the sums over them. */
  public Details withAttempts(List<Attempt> attempts) {
    Usage usage = attempts.stream().map(Attempt::usage).reduce(Usage.NONE, Usage::plus);
    Cost cost = attempts.stream().map(Attempt::cost).reduce(Cost.free(), Cost::plus);
    return new Details(
        kind, provider, model, usage, cost, attempts, timings, exchange, warnings, simulated,
        embedding);
  }

  /**
   * What the answer itself used, which is what its caller is shown: the last attempt's part of the
   * {@linkplain #usage() sum}. All of it when the call made no attempt of its own.
   */
  public Usage answerUsage() {
    return attempts.isEmpty() ? usage : attempts.getLast().usage();
  }

  /** The same with other timings. */
  public Details withTimings(Timings timings) {
    return new Details(
        kind, provider, model, usage, cost, attempts, timings, exchange, warnings, simulated,
        embedding);
  }

  /** The same with a report on how texts were embedded. */
  public Details withEmbedding(EmbeddingReport report) {
    return new Details(
        kind,
        provider,
        model,
        usage,
        cost,
        attempts,
        timings,
        exchange,
        warnings,
        simulated,
        Optional.of(report));
  }
}
