package dev.assay.providers.anthropic;

import dev.assay.testkit.contract.AnswerContract;

class AnthropicAnswerTest extends AnswerContract {
  AnthropicAnswerTest() {
    super(AnthropicDialect.INSTANCE);
  }
}
