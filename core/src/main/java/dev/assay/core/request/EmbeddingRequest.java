package dev.assay.core.request;

import java.util.List;
import java.util.Optional;

/**
 * Texts to be embedded.
 *
 * @param model the model's name
 * @param texts the texts, in order; never none, each {@linkplain #normalised normalised} and not
 *     empty
 * @param dimensions the wished length of the vectors; absent is the model's own
 * @param wire the wire form that it came in
 */
public record EmbeddingRequest(
    String model, List<String> texts, Optional<Integer> dimensions, Optional<Wire> wire)
    implements Request {
  /** Its {@link #modality()}. */
  public static final String MODALITY = "embedding";

  /** Checks that there is a model and a text, and normalises the texts. */
  public EmbeddingRequest {
    if (model.isBlank()) {
      throw new IllegalArgumentException("model: is blank");
    }
    texts = texts.stream().map(EmbeddingRequest::normalised).toList();
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("texts: is empty");
    }
    int empty = texts.indexOf("");
    if (empty >= 0) {
      throw new IllegalArgumentException("texts[" + empty + "]: has nothing but white space");
    }
  }

  /** A text as it is embedded: without NUL characters and surrounding white space. */
  public static String normalised(String text) {
    return (text.indexOf(0) < 0 ? text : text.replace("\0", "")).strip();
  }

  /** The same request for other texts. The wire form stays as it came. */
  public EmbeddingRequest withTexts(List<String> texts) {
    return new EmbeddingRequest(model, texts, dimensions, wire);
  }

  @Override
  public EmbeddingRequest withModel(String model) {
    return new EmbeddingRequest(model, texts, dimensions, wire);
  }

  @Override
  public String modality() {
    return MODALITY;
  }
}
