package dev.assay.providers.openai;

import dev.assay.testkit.contract.EmbeddingContract;

class OpenAiEmbeddingTest extends EmbeddingContract {
  OpenAiEmbeddingTest() {
    super(new OpenAiEmbeddingDialect(OpenAiDialect.INSTANCE));
  }
}
