package dev.assay.providers.gemini;

import dev.assay.testkit.contract.AnswerContract;

class GeminiAnswerTest extends AnswerContract {
  GeminiAnswerTest() {
    super(GeminiDialect.INSTANCE);
  }
}
