package dev.assay.providers.gemini;

import dev.assay.testkit.contract.EmbeddingContract;
import dev.assay.testkit.contract.ErrorContract;
import java.util.List;

class GeminiEmbeddingErrorTest extends ErrorContract {
  GeminiEmbeddingErrorTest() {
    super(GeminiDialect.INSTANCE, List.of(EmbeddingContract.TWO));
  }
}
