package dev.assay.wire.format;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.usage.Usage;
import java.util.List;
import java.util.Optional;

/**
 * Reads the events of one stream, in order, tells what each carries, and puts the answer together.
 * Lenient: a field with a wrong type counts as absent; it never throws. For one thread at a time.
 */
public interface EventReader {
  /**
   * Reads the next event.
   *
   * @param data the event's data
   */
  AnswerEvent read(Bytes data);

  /** The answer so far, in order. */
  List<Part> parts();

  /** Why the answer ended; {@link FinishReason#OTHER} while nothing is said. */
  FinishReason finish();

  /** Whether a finish reason has come: without one the answer is not whole. */
  boolean finished();

  /** Whether the end mark has come; always false in a format that has none. */
  boolean done();

  /** What was used, as far as the stream has said; {@link Usage#ABSENT} until then. */
  Usage usage();

  /** The model that answers, as the provider resolved it. */
  Optional<String> model();

  /** The provider's identifier of the answer. */
  Optional<String> id();
}
