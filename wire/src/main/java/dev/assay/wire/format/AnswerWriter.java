package dev.assay.wire.format;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.outcome.Answer;

/**
 * Writes one call's answer: whole, or as the events of a stream, each with its closing blank line.
 * For one thread.
 */
public interface AnswerWriter {
  /** The body of an answer in one piece. Usage that nobody knows is left out where that can be. */
  Bytes whole(Answer answer);

  /**
   * The events that carry the next piece of a stream, before the first one those that open it;
   * empty when the format cannot say it.
   */
  Bytes content(Delta.Content content);

  /**
   * The events from the finish reason to the end mark, those that open the stream before them when
   * it had no content.
   */
  Bytes ending(Answer answer);
}
