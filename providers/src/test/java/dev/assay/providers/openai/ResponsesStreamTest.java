package dev.assay.providers.openai;

import dev.assay.testkit.contract.StreamContract;

class ResponsesStreamTest extends StreamContract {
  ResponsesStreamTest() {
    super(ResponsesDialect.INSTANCE);
  }
}
