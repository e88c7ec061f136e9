package dev.assay.core.outcome;

import dev.assay.core.request.Part;
import java.util.List;
import java.util.Optional;

/**
 * A call without a whole answer.
 *
 * @param code the stable code
 * @param message one sentence for the caller that names the field and the remedy; never contains a
 *     body or a key
 * @param field the request's field that is at fault, such as {@code messages[0].role}
 * @param retry whether another attempt is worth it
 * @param provider the failure in the provider's words, when it answered with one
 * @param partial what had arrived of the answer
 * @param details attempts, usage, cost, timings
 */
public record Failure(
    ErrorCode code,
    String message,
    Optional<String> field,
    RetryDecision retry,
    Optional<ProviderError> provider,
    List<Part> partial,
    Details details)
    implements Outcome {
  /** Copies the parts. */
  public Failure {
    partial = List.copyOf(partial);
  }

  /** A failure before anything was sent. */
  public static Failure refused(
      ErrorCode code, String message, Optional<String> field, Details details) {
    return new Failure(
        code, message, field, RetryDecision.never(), Optional.empty(), List.of(), details);
  }

  /** Who can do something about it. */
  public Blame blame() {
    return code.blame();
  }

  @Override
  public Failure withDetails(Details details) {
    return new Failure(code, message, field, retry, provider, partial, details);
  }
}
