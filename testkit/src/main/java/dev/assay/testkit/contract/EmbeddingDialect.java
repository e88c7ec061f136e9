package dev.assay.testkit.contract;

import java.util.List;

/** How a wire format says embeddings, for a server that speaks it in a test; all is ASCII. */
public interface EmbeddingDialect {
  /** The tokens that {@link #reporting} reports are input. */
  String REPORTED = "7";

  /** The adapter, its errors and its account. */
  Dialect dialect();

  /**
   * The body of an answer.
   *
   * @param vectors each as JSON, an array of numbers when it is sound
   */
  String answer(String... vectors);

  /**
   * The same with a count of tokens.
   *
   * @param tokens as JSON
   */
  String reporting(String tokens, String... vectors);

  /** Bodies that all say the vectors (0.5, 1) and (1, 0), in this order. */
  List<String> alike();

  /** Bodies for two texts that do not say which vector is whose. */
  List<String> astray();

  /** JSON objects whose fields have types that the format does not allow. */
  List<String> wrongTypes();
}
