package dev.assay.providers.anthropic;

import dev.assay.testkit.contract.StreamContract;

class AnthropicStreamTest extends StreamContract {
  AnthropicStreamTest() {
    super(AnthropicDialect.INSTANCE);
  }
}
