package dev.assay.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnreadTest {
  @Test
  void nothingOfAnotherKindVanishesBehindManyOfOne() {
    Unread unread = new Unread();
    for (int i = 0; i < 200; i++) {
      unread.note("messages[" + i + "].id");
    }
    assertThat(unread.paths()).hasSize(64);

    unread.note("logit_bias");
    unread.note("mcp_servers");
    assertThat(unread.paths()).hasSize(65).last().isEqualTo("logit_bias and more fields");
  }
}
