package dev.assay.providers.azure;

import dev.assay.testkit.contract.EmbeddingContract;
import dev.assay.testkit.contract.ErrorContract;
import java.util.List;

class AzureEmbeddingErrorTest extends ErrorContract {
  AzureEmbeddingErrorTest() {
    super(AzureDialect.INSTANCE, List.of(EmbeddingContract.TWO));
  }
}
