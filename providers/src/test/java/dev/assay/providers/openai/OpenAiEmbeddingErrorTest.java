package dev.assay.providers.openai;

import dev.assay.testkit.contract.EmbeddingContract;
import dev.assay.testkit.contract.ErrorContract;
import java.util.List;

class OpenAiEmbeddingErrorTest extends ErrorContract {
  OpenAiEmbeddingErrorTest() {
    super(OpenAiDialect.INSTANCE, List.of(EmbeddingContract.TWO));
  }
}
