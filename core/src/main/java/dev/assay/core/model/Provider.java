package dev.assay.core.model;

import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.Request;
import java.util.Set;

/**
 * An account at an API, or a local engine. It answers requests whose model is its own name for one,
 * without the prefix, and makes exactly one attempt for each; policies are wrapped around it.
 */
public interface Provider extends Model {
  /** Its name, the prefix of its models. */
  String name();

  /**
   * Whether it can be used and what it offers. May ask the provider over the network, within a few
   * seconds; a failure is an unusable status.
   */
  ProviderStatus status();

  /** The names of models, without the prefix, that it is known to have without asking anybody. */
  Set<String> knownModels();

  /**
   * Whether it has no other models than the known ones, so that another name is refused before it
   * is asked.
   */
  default boolean closed() {
    return false;
  }

  /** How many texts it takes in one request for embeddings. */
  default int embeddingBatch() {
    return 1;
  }

  /**
   * Answers by one attempt. Embeddings and token counts are refused as {@link
   * dev.assay.core.outcome.ErrorCode#UNSUPPORTED_REQUEST} where the API has none.
   *
   * <p>The outcome's details hold exactly one {@link dev.assay.core.outcome.Attempt}, unpriced.
   */
  @Override
  Outcome answer(Request request, CallContext context, Sink sink);
}
