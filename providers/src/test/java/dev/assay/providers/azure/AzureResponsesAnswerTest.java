package dev.assay.providers.azure;

import dev.assay.testkit.contract.AnswerContract;

class AzureResponsesAnswerTest extends AnswerContract {
  AzureResponsesAnswerTest() {
    super(AzureResponsesDialect.INSTANCE);
  }
}
