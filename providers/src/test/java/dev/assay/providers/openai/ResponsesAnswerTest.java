package dev.assay.providers.openai;

import dev.assay.testkit.contract.AnswerContract;

class ResponsesAnswerTest extends AnswerContract {
  ResponsesAnswerTest() {
    super(ResponsesDialect.INSTANCE);
  }
}
