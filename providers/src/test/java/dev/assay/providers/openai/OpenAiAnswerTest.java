package dev.assay.providers.openai;

import dev.assay.testkit.contract.AnswerContract;

class OpenAiAnswerTest extends AnswerContract {
  OpenAiAnswerTest() {
    super(OpenAiDialect.INSTANCE);
  }
}
