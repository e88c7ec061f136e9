package dev.assay.providers.azure;

import dev.assay.testkit.contract.AnswerContract;

class AzureAnswerTest extends AnswerContract {
  AzureAnswerTest() {
    super(AzureDialect.INSTANCE);
  }
}
