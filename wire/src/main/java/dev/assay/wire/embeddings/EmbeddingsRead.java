package dev.assay.wire.embeddings;

import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.request.EmbeddingRequest;
import java.util.Optional;

/** What became of reading a request body. */
public sealed interface EmbeddingsRead {
  /**
   * A request, with its wire form.
   *
   * @param request what is asked; its texts are normalised
   * @param encoding how the answer must write its vectors
   */
  record Valid(EmbeddingRequest request, VectorEncoding encoding) implements EmbeddingsRead {}

  /**
   * No request.
   *
   * @param code the stable code
   * @param message one sentence for the caller that names the field and the remedy and quotes
   *     nothing of the body
   * @param field the field at fault, such as {@code input[3]}; absent when it is the body as a
   *     whole
   */
  record Invalid(ErrorCode code, String message, Optional<String> field)
      implements EmbeddingsRead {}
}
