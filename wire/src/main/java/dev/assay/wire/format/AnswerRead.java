package dev.assay.wire.format;

import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.usage.Usage;
import java.util.List;
import java.util.Optional;

/** What became of reading the body of a successful response. */
public sealed interface AnswerRead {
  /**
   * A completion.
   *
   * @param id the provider's identifier
   * @param model the model that answered, as the provider resolved it
   * @param parts what it says: reasoning, text, refusal, tool calls, in this order; of several
   *     choices the first
   * @param finish why it ended
   * @param usage what was used; {@link Usage#ABSENT} when the provider says nothing usable
   */
  record Completion(
      Optional<String> id,
      Optional<String> model,
      List<Part> parts,
      FinishReason finish,
      Usage usage)
      implements AnswerRead {
    /** Copies the parts. */
    public Completion {
      parts = List.copyOf(parts);
    }
  }

  /** An error, although the status said success. */
  record Failed(ApiError error) implements AnswerRead {}

  /**
   * No completion.
   *
   * @param problem what is wrong with the body, to follow its name; quotes nothing of it
   */
  record Malformed(String problem) implements AnswerRead {}
}
