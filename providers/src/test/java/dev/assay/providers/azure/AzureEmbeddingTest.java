package dev.assay.providers.azure;

import dev.assay.providers.openai.OpenAiEmbeddingDialect;
import dev.assay.testkit.contract.EmbeddingContract;

class AzureEmbeddingTest extends EmbeddingContract {
  AzureEmbeddingTest() {
    super(new OpenAiEmbeddingDialect(AzureDialect.INSTANCE));
  }
}
