package dev.assay.providers.azure;

import dev.assay.testkit.contract.StreamContract;

class AzureResponsesStreamTest extends StreamContract {
  AzureResponsesStreamTest() {
    super(AzureResponsesDialect.INSTANCE);
  }
}
