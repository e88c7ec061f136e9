package dev.assay.providers.anthropic;

import dev.assay.testkit.contract.ErrorContract;

class AnthropicErrorTest extends ErrorContract {
  AnthropicErrorTest() {
    super(AnthropicDialect.INSTANCE);
  }
}
