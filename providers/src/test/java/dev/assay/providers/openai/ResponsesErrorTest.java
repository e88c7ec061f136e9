package dev.assay.providers.openai;

import dev.assay.testkit.contract.ErrorContract;

class ResponsesErrorTest extends ErrorContract {
  ResponsesErrorTest() {
    super(ResponsesDialect.INSTANCE);
  }
}
