package dev.assay.core.request;

import java.util.List;
import java.util.Optional;

/**
 * Texts to be embedded.
 *
 * @param model the model's name
 * @param texts the texts, in order; never empty
 * @param dimensions the wished length of the vectors; absent is the model's own
 * @param wire the wire form that it came in
 */
public record EmbeddingRequest(
    String model, List<String> texts, Optional<Integer> dimensions, Optional<Wire> wire)
    implements Request {
  /** Checks that there is a model and a text, and copies the texts. */
  public EmbeddingRequest {
    if (model.isBlank()) {
      throw new IllegalArgumentException("model: is blank");
    }
    texts = List.copyOf(texts);
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("texts: is empty");
    }
  }

  @Override
  public EmbeddingRequest withModel(String model) {
    return new EmbeddingRequest(model, texts, dimensions, wire);
  }
}
