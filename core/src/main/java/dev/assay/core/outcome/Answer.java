package dev.assay.core.outcome;

import dev.assay.core.request.Part;
import java.util.List;

/**
 * A model's answer.
 *
 * @param parts what it says, in order; of several choices the first
 * @param finish why it ended
 * @param details attempts, usage, cost, timings
 */
public record Answer(List<Part> parts, FinishReason finish, Details details) implements Outcome {
  /** Copies the parts. */
  public Answer {
    parts = List.copyOf(parts);
  }

  /** All its text, in order. */
  public String text() {
    return Part.text(parts);
  }

  @Override
  public Answer withDetails(Details details) {
    return new Answer(parts, finish, details);
  }
}
