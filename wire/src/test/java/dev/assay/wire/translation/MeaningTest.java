package dev.assay.wire.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.anthropic.MessagesRequestReader;
import dev.assay.wire.anthropic.MessagesRequestWriter;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.openai.CapName;
import dev.assay.wire.openai.ChatRequestReader;
import dev.assay.wire.openai.ChatRequestWriter;
import dev.assay.wire.responses.ResponsesRequestReader;
import dev.assay.wire.responses.ResponsesRequestWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a member that is left out means differs by format, and crosses with its meaning. */
class MeaningTest {
  private static ChatRequest valid(RequestRead read) {
    return ((RequestRead.Valid) read).request();
  }

  private static ChatRequest chat(String members) {
    Bytes body =
        Bytes.utf8(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
                + members
                + "}");
    return valid(ChatRequestReader.read(body, Map.of(), Optional.empty()));
  }

  private static ChatRequest responses(String members) {
    Bytes body = Bytes.utf8("{\"model\":\"m\",\"input\":\"hi\"" + members + "}");
    return valid(ResponsesRequestReader.read(body, Map.of(), Optional.empty()));
  }

  private static ChatRequest messages(String turns, String members) {
    Bytes body =
        Bytes.utf8(
            "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[" + turns + "]" + members + "}");
    return valid(MessagesRequestReader.read(body, Map.of(), Optional.empty()));
  }

  private static List<String> warnings(ChatRequest request, WireFormat target) {
    return ((Translation.Possible) Translation.of(request, target)).warnings();
  }

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "'\"strict\":null,', true",
    "'\"strict\":false,', true",
    "'\"strict\":true,', false"
  })
  void a_schema_is_enforced_only_where_openai_is_told_so(String strict, boolean warned) {
    ChatRequest chat =
        chat(
            ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{"
                + strict
                + "\"name\":\"n\",\"schema\":{}}}");
    ChatRequest responses =
        responses(
            ",\"text\":{\"format\":{\"type\":\"json_schema\","
                + strict
                + "\"name\":\"n\",\"schema\":{}}}");
    for (ChatRequest request : List.of(chat, responses)) {
      for (WireFormat target : List.of(WireFormat.ANTHROPIC_MESSAGES, WireFormat.GEMINI)) {
        assertThat(warnings(request, target).stream().anyMatch(w -> w.contains("not enforced")))
            .isEqualTo(warned);
      }
    }
  }

  @Test
  void a_schema_of_messages_is_enforced_everywhere() {
    ChatRequest asked =
        messages(
            "{\"role\":\"user\",\"content\":\"hi\"}",
            ",\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{}}}");
    assertThat(ChatRequestWriter.write(asked, CapName.MAX_TOKENS).utf8())
        .contains("\"strict\":true");
    assertThat(ResponsesRequestWriter.write(asked).utf8()).contains("\"strict\":true");
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void a_tool_of_responses_is_strict_elsewhere_only_if_that_is_said(boolean meant) {
    ChatRequest asked =
        responses(
            ",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{},\"strict\":"
                + meant
                + "}]");
    assertThat(ChatRequestWriter.write(asked, CapName.MAX_TOKENS).utf8())
        .contains("\"strict\":" + meant);
    assertThat(MessagesRequestWriter.write(asked, 9).utf8()).contains("\"strict\":" + meant);
  }

  // Responses makes such a schema fit; other APIs refuse one that is not.
  @Test
  void a_schema_that_responses_would_make_fit_is_not_demanded_strict_elsewhere() {
    ChatRequest asked =
        responses(",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{}}]");
    assertThat(ChatRequestWriter.write(asked, CapName.MAX_TOKENS).utf8())
        .doesNotContain("\"strict\"");
    assertThat(MessagesRequestWriter.write(asked, 9).utf8()).doesNotContain("\"strict\"");
  }

  @Test
  void a_tool_of_chat_and_messages_is_not_strict_if_nothing_is_said() {
    ChatRequest chat =
        chat(
            ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{}}}]");
    ChatRequest messages =
        messages(
            "{\"role\":\"user\",\"content\":\"hi\"}",
            ",\"tools\":[{\"name\":\"f\",\"input_schema\":{}}]");
    for (ChatRequest asked : List.of(chat, messages)) {
      assertThat(ResponsesRequestWriter.write(asked).utf8()).contains("\"strict\":false");
    }
  }

  @Test
  void a_signature_of_chat_goes_back_as_it_came() {
    ChatRequest asked =
        messages(
            "{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":["
                + "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"assay1.OPENAI_CHAT.SIGNATURE.cmQx.sig\"},"
                + "{\"type\":\"text\",\"text\":\"yes\"}]},{\"role\":\"user\",\"content\":\"so\"}",
            "");
    assertThat(warnings(asked, WireFormat.OPENAI_CHAT)).isEmpty();
    assertThat(ChatRequestWriter.write(asked, CapName.MAX_TOKENS).utf8())
        .contains(
            "\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\",\"signature\":\"sig\",\"id\":\"rd1\"");
  }

  @Test
  void a_signature_of_gemini_beside_its_text_loses_nothing() {
    ChatRequest asked =
        valid(
            ChatRequestReader.read(
                Bytes.utf8(
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
                        + "{\"role\":\"assistant\",\"reasoning_content\":\"hm\",\"reasoning_details\":["
                        + "{\"type\":\"reasoning.text\",\"text\":\"hm\",\"index\":0},"
                        + "{\"type\":\"reasoning.text\",\"signature\":\"assay1.GEMINI.SIGNATURE..c2ln\",\"index\":0}],"
                        + "\"content\":\"yes\"},{\"role\":\"user\",\"content\":\"so\"}]}"),
                Map.of(),
                Optional.empty()));
    assertThat(warnings(asked, WireFormat.GEMINI)).isEmpty();
  }

  @Test
  void a_signed_call_of_gemini_behind_its_reasoning_loses_nothing() {
    ChatRequest asked =
        valid(
            ChatRequestReader.read(
                Bytes.utf8(
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
                        + "{\"role\":\"assistant\",\"reasoning_content\":\"hm\",\"content\":null,"
                        + "\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},"
                        + "\"extra_content\":{\"google\":{\"thought_signature\":\"c2ln\"}}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"1\"}]}"),
                Map.of(),
                Optional.empty()));
    assertThat(warnings(asked, WireFormat.GEMINI)).isEmpty();
  }
}
