package dev.assay.providers.gemini;

import dev.assay.testkit.contract.EmbeddingContract;

class GeminiEmbeddingTest extends EmbeddingContract {
  GeminiEmbeddingTest() {
    super(GeminiEmbeddingDialect.INSTANCE);
  }
}
