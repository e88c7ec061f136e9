package dev.assay.providers.openai;

import dev.assay.testkit.contract.StreamContract;

class OpenAiStreamTest extends StreamContract {
  OpenAiStreamTest() {
    super(OpenAiDialect.INSTANCE);
  }
}
