package dev.assay.providers.azure;

import dev.assay.testkit.contract.ErrorContract;

class AzureErrorTest extends ErrorContract {
  AzureErrorTest() {
    super(AzureDialect.INSTANCE);
  }
}
