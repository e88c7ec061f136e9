package dev.assay.providers.gemini;

import dev.assay.testkit.contract.ErrorContract;

class GeminiErrorTest extends ErrorContract {
  GeminiErrorTest() {
    super(GeminiDialect.INSTANCE);
  }
}
