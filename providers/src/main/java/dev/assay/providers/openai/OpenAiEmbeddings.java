package dev.assay.providers.openai;

import dev.assay.core.model.CallContext;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.WireFormat;
import dev.assay.providers.attempt.HttpAttempts;
import dev.assay.wire.embeddings.EmbeddingsRequestWriter;
import dev.assay.wire.embeddings.EmbeddingsUpstream;

/** Asks an account for embeddings. Thread-safe. */
public final class OpenAiEmbeddings {
  /** How many texts OpenAI takes in one request. */
  public static final int BATCH = 2_048;

  private final OpenAiApi api;
  private final HttpAttempts attempts;

  /** Requests to an account. */
  public OpenAiEmbeddings(OpenAiApi api, HttpAttempts attempts) {
    this.api = api;
    this.attempts = attempts;
  }

  /** Answers by one attempt. */
  public Outcome answer(EmbeddingRequest request, CallContext context) {
    return attempts.whole(
        request,
        api.completion(
            WireFormat.OPENAI_EMBEDDINGS,
            request.model(),
            EmbeddingsRequestWriter.write(request),
            false,
            request.wire()),
        new EmbeddingsUpstream(request.texts().size()),
        context);
  }
}
