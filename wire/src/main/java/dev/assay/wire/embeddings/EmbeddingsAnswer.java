package dev.assay.wire.embeddings;

import dev.assay.core.usage.Usage;
import dev.assay.core.vector.Vector;
import dev.assay.wire.format.ApiError;
import java.util.List;
import java.util.Optional;

/** What became of reading the body of a successful response. */
public sealed interface EmbeddingsAnswer {
  /**
   * Vectors.
   *
   * @param model the model that answered, as the provider resolved it
   * @param vectors the vectors, in the order of the texts
   * @param usage what was used; {@link Usage#ABSENT} when the provider says nothing usable
   */
  record Vectors(Optional<String> model, List<Vector> vectors, Usage usage)
      implements EmbeddingsAnswer {
    /** Copies the vectors. */
    public Vectors {
      vectors = List.copyOf(vectors);
    }
  }

  /** An error, although the status said success. */
  record Failed(ApiError error) implements EmbeddingsAnswer {}

  /**
   * No vectors.
   *
   * @param problem what is wrong with the body, to follow its name; quotes nothing of it
   */
  record Malformed(String problem) implements EmbeddingsAnswer {}
}
