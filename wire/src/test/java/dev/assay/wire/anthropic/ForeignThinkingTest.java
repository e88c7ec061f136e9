package dev.assay.wire.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import org.junit.jupiter.api.Test;

class ForeignThinkingTest {
  @Test
  void takesOutWhatIsSignedElsewhereAndNothingElse() {
    String own = "{\"type\":\"thinking\",\"thinking\":\"mine\", \"signature\":\"Eq==\"}";
    String foreign =
        "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"assay1.GEMINI.SIGNATURE..x\"}";
    String redacted =
        "{\"type\":\"redacted_thinking\",\"data\":\"assay1.OPENAI_RESPONSES.ENCRYPTED..y\"}";
    String unsigned = "{\"signature\":\"\",\"type\":\"thinking\",\"thinking\":\"whose?\"}";
    String text = "{\"type\":\"text\",\"text\":\"assay1.\",\"citations\":[1e2]}";

    String messages =
        "[ {\"role\":\"user\",\"content\":\"hi\"} ,{\"content\":[ "
            + String.join(" , ", foreign, own, redacted, unsigned, text)
            + " ],\"role\":\"assistant\"}, {\"role\":\"user\",\"content\":["
            + text
            + "]}]";

    assertThat(ForeignThinking.without(Bytes.utf8(messages)).utf8())
        .isEqualTo(
            "[{\"role\":\"user\",\"content\":\"hi\"},{\"content\":["
                + own
                + ","
                + text
                + "],\"role\":\"assistant\"},{\"role\":\"user\",\"content\":["
                + text
                + "]}]");
  }

  @Test
  void takesOutAMessageInWhichNothingElseIs() {
    String only =
        "[{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"x\"}]},"
            + "{\"role\":\"user\",\"content\":\"hi\"}]";

    assertThat(ForeignThinking.without(Bytes.utf8(only)).utf8())
        .isEqualTo("[{\"role\":\"user\",\"content\":\"hi\"}]");
  }
}
