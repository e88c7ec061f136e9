package dev.assay.providers.openai;

import dev.assay.testkit.contract.EmbeddingContract;

class OllamaEmbeddingTest extends EmbeddingContract {
  OllamaEmbeddingTest() {
    super(new OpenAiEmbeddingDialect(OllamaDialect.INSTANCE));
  }
}
