package dev.assay.providers.gemini;

import dev.assay.testkit.contract.StreamContract;

class GeminiStreamTest extends StreamContract {
  GeminiStreamTest() {
    super(GeminiDialect.INSTANCE);
  }
}
