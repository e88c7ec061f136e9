package dev.assay.providers.openai;

import dev.assay.testkit.contract.ErrorContract;

class OpenAiErrorTest extends ErrorContract {
  OpenAiErrorTest() {
    super(OpenAiDialect.INSTANCE);
  }
}
