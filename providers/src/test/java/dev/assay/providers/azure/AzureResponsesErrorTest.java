package dev.assay.providers.azure;

import dev.assay.testkit.contract.ErrorContract;

class AzureResponsesErrorTest extends ErrorContract {
  AzureResponsesErrorTest() {
    super(AzureResponsesDialect.INSTANCE);
  }
}
