package dev.assay.providers.openai;

import dev.assay.testkit.contract.EmbeddingContract;
import dev.assay.testkit.contract.ErrorContract;
import java.util.List;

class OllamaEmbeddingErrorTest extends ErrorContract {
  OllamaEmbeddingErrorTest() {
    super(OllamaDialect.INSTANCE, List.of(EmbeddingContract.TWO));
  }
}
