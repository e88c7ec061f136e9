package dev.assay.providers.azure;

import dev.assay.testkit.contract.StreamContract;

class AzureStreamTest extends StreamContract {
  AzureStreamTest() {
    super(AzureDialect.INSTANCE);
  }
}
