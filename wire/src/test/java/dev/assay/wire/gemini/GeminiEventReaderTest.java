package dev.assay.wire.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta.Content;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerEvent;
import dev.assay.wire.format.EventReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiEventReaderTest {
  private static final Signature SIGNATURE =
      new Signature(WireFormat.GEMINI, Signature.Kind.SIGNATURE, "Ci", Optional.empty());

  private final EventReader reader = GeminiUpstream.FORMAT.events();

  private AnswerEvent read(String data) {
    return reader.read(Bytes.utf8(data));
  }

  /** An event whose first candidate has these parts. */
  private AnswerEvent parts(String parts, String more) {
    return read(
        "{\"candidates\":[{\"content\":{\"parts\":["
            + parts
            + "],\"role\":\"model\"},\"index\":0"
            + more
            + "}],\"modelVersion\":\"m-1\",\"responseId\":\"r1\",\"usageMetadata\":"
            + "{\"promptTokenCount\":4,\"candidatesTokenCount\":2,\"totalTokenCount\":6}}");
  }

  private void content(String parts, Content... content) {
    AnswerEvent event = parts(parts, "");
    assertThat(event.kind()).isEqualTo(AnswerEvent.Kind.CONTENT);
    assertThat(event.content()).containsExactly(content);
  }

  @Test
  void a_stream_is_told_apart_and_put_together() {
    assertThat(read("{\"usageMetadata\":{\"promptTokenCount\":4}}").kind())
        .isEqualTo(AnswerEvent.Kind.PRELUDE);
    content("{\"text\":\"hm\",\"thought\":true}", new Content.Reasoning("hm"));
    content("{\"text\":\"Hel\"}", new Content.Text("Hel"));
    content("{\"text\":\"lo\"}", new Content.Text("lo"));
    assertThat(reader.finished()).isFalse();
    AnswerEvent last =
        read(
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\",\"thoughtSignature\":\"Ci\"}]},\"finishReason\":\"STOP\"}],"
                + "\"usageMetadata\":{\"promptTokenCount\":4,\"candidatesTokenCount\":3,\"thoughtsTokenCount\":9}}");
    assertThat(last.kind()).isEqualTo(AnswerEvent.Kind.FINISH);
    assertThat(last.content()).containsExactly(new Content.Signed(SIGNATURE));

    assertThat(reader.parts())
        .containsExactly(
            new Part.Reasoning("hm", Optional.empty()),
            new Part.Text("Hello"),
            new Part.Reasoning("", Optional.of(SIGNATURE)));
    assertThat(reader.finish()).isEqualTo(FinishReason.STOP);
    assertThat(reader.finished()).isTrue();
    assertThat(reader.done()).isFalse();
    assertThat(reader.model()).contains("m-1");
    assertThat(reader.id()).contains("r1");
    assertThat(reader.usage()).isEqualTo(new Usage(4, 0, 0, 0, 12, 9, Provenance.REPORTED));
  }

  @Test
  void tool_calls_come_whole_and_signed() {
    content(
        "{\"functionCall\":{\"name\":\"f\",\"args\":{ \"a\": 1 }},\"thoughtSignature\":\"Ci\"},{\"functionCall\":{\"name\":\"g\"}}",
        new Content.Signed(SIGNATURE),
        new Content.ToolCall(0, Optional.of("call_r1_0"), Optional.of("f"), "{\"a\":1}"),
        new Content.ToolCall(1, Optional.of("call_r1_1"), Optional.of("g"), "{}"));
    content(
        "{\"functionCall\":{\"name\":\"f\",\"args\":{}}}",
        new Content.ToolCall(2, Optional.of("call_r1_2"), Optional.of("f"), "{}"));
    parts("", ",\"finishReason\":\"STOP\"");
    assertThat(reader.parts())
        .containsExactly(
            new Part.Reasoning("", Optional.of(SIGNATURE)),
            new Part.ToolCall("call_r1_0", "f", "{\"a\":1}"),
            new Part.ToolCall("call_r1_1", "g", "{}"),
            new Part.ToolCall("call_r1_2", "f", "{}"));
    assertThat(reader.finish()).isEqualTo(FinishReason.TOOL_CALLS);
  }

  @Test
  void a_blocked_prompt_ends_without_content() {
    assertThat(read("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}").kind())
        .isEqualTo(AnswerEvent.Kind.FINISH);
    assertThat(reader.finish()).isEqualTo(FinishReason.CONTENT_FILTER);
    assertThat(reader.finished()).isTrue();
    assertThat(reader.parts()).isEmpty();
  }

  @Test
  void what_comes_behind_the_finish_is_no_content() {
    parts("{\"text\":\"a\"}", ",\"finishReason\":\"MAX_TOKENS\"");
    assertThat(parts("", ",\"finishReason\":\"STOP\"").kind()).isEqualTo(AnswerEvent.Kind.OTHER);
    assertThat(read("{\"usageMetadata\":{\"promptTokenCount\":4}}").kind())
        .isEqualTo(AnswerEvent.Kind.USAGE);
    assertThat(read("{}").kind()).isEqualTo(AnswerEvent.Kind.OTHER);
    assertThat(reader.finish()).isEqualTo(FinishReason.LENGTH);
    assertThat(reader.usage()).isEqualTo(Usage.reported(4, 0));
  }

  @Test
  void an_image_is_content_that_is_not_understood() {
    content("{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"QUJD\"}}");
    assertThat(reader.parts()).singleElement().isInstanceOf(Part.Opaque.class);
  }

  @Test
  void an_error_inside_the_stream_is_told() {
    AnswerEvent event =
        read("{\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}");
    assertThat(event.kind()).isEqualTo(AnswerEvent.Kind.ERROR);
    assertThat(event.error().orElseThrow().code()).contains("503");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "[DONE]", "<html>", "{}x", "7"})
  void what_is_no_json_object_is_malformed(String data) {
    assertThat(read(data).kind()).isEqualTo(AnswerEvent.Kind.MALFORMED);
  }
}
