package dev.assay.cli;

import dev.assay.core.model.Cancellation;
import dev.assay.core.model.Sink;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import java.util.Map;
import java.util.Optional;

/** A way to the models, through the ledger. */
public interface Session extends AutoCloseable {
  /**
   * Which model to ask.
   *
   * @param wished the model that the command line names
   */
  ModelChoice choose(Optional<String> wished);

  /**
   * Asks a model. Returns when the call is recorded; the outcome may be shown.
   *
   * @param request what is asked
   * @param metadata is stored with the call
   * @param cancellation tells that the answer is no longer wanted
   * @param sink gets the content as it comes, when the request streams
   */
  Reply ask(
      ChatRequest request, Map<String, String> metadata, Cancellation cancellation, Sink sink);

  /**
   * Which model to ask for embeddings.
   *
   * @param wished the model that the command line names
   */
  ModelChoice chooseEmbedding(Optional<String> wished);

  /**
   * Asks a model for embeddings. Returns when the call is recorded; the outcome may be shown.
   *
   * @param metadata is stored with the call
   * @param cancellation tells that the vectors are no longer wanted
   */
  Reply embed(EmbeddingRequest request, Map<String, String> metadata, Cancellation cancellation);

  @Override
  void close();
}
