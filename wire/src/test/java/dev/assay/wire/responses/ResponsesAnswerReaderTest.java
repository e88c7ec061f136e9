package dev.assay.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.TokenLogprob;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerRead;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesAnswerReaderTest {
  private static AnswerRead.Completion completion(String body) {
    AnswerRead read = ResponsesAnswerReader.read(Bytes.utf8(body));
    assertThat(read).isInstanceOf(AnswerRead.Completion.class);
    return (AnswerRead.Completion) read;
  }

  private static AnswerRead.Completion output(String items, String members) {
    return completion("{\"id\":\"resp_1\",\"output\":[" + items + "]" + members + "}");
  }

  private static String message(String parts) {
    return "{\"type\":\"message\",\"id\":\"msg_1\",\"role\":\"assistant\",\"content\":["
        + parts
        + "]}";
  }

  private static final String HI = message("{\"type\":\"output_text\",\"text\":\"hi\"}");

  @Test
  void an_answer_has_its_items_in_order() {
    AnswerRead.Completion read =
        completion(
            "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"error\":null,"
                + "\"model\":\"gpt-5-2025-08-07\",\"output\":["
                + "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"encrypted_content\":\"gAAA\","
                + "\"summary\":[{\"type\":\"summary_text\",\"text\":\"a\"},"
                + "{\"type\":\"summary_text\",\"text\":\"b\"}]},"
                + message(
                    "{\"type\":\"output_text\",\"annotations\":[],\"text\":\"hi\",\"logprobs\":["
                        + "{\"token\":\"hi\",\"logprob\":-0.5,\"bytes\":[104,105],"
                        + "\"top_logprobs\":[{\"token\":\"ho\",\"logprob\":-2,\"bytes\":[]}]}]},"
                        + "{\"type\":\"refusal\",\"refusal\":\"no\"}")
                + ",{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"c1\",\"name\":\"f\","
                + "\"arguments\":\"{}\"},{\"type\":\"web_search_call\",\"id\":\"ws_1\"}],"
                + "\"usage\":{\"input_tokens\":100,\"input_tokens_details\":{\"cached_tokens\":64},"
                + "\"output_tokens\":30,\"output_tokens_details\":{\"reasoning_tokens\":10},"
                + "\"total_tokens\":130}}");
    assertThat(read.id()).contains("resp_1");
    assertThat(read.model()).contains("gpt-5-2025-08-07");
    assertThat(read.finish()).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(read.usage()).isEqualTo(new Usage(36, 64, 0, 0, 30, 10, Provenance.REPORTED));
    assertThat(read.parts())
        .containsExactly(
            new Part.Reasoning(
                "a\n\nb",
                Optional.of(
                    new Signature(
                        WireFormat.OPENAI_RESPONSES,
                        Signature.Kind.ENCRYPTED,
                        "gAAA",
                        Optional.of("rs_1")))),
            new Part.Text("hi"),
            new Part.Logprobs(
                List.of(
                    new TokenLogprob(
                        "hi",
                        -0.5,
                        Optional.of(Bytes.utf8("hi")),
                        List.of(new TokenLogprob("ho", -2, Optional.empty(), List.of()))))),
            new Part.Refusal("no"),
            new Part.ToolCall("c1", "f", "{}"),
            new Part.Opaque(
                WireFormat.OPENAI_RESPONSES,
                Bytes.utf8("{\"type\":\"web_search_call\",\"id\":\"ws_1\"}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "\"status\":\"completed\"|STOP",
        "\"status\":7|STOP",
        "\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"}|LENGTH",
        "\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"content_filter\"}"
            + "|CONTENT_FILTER",
        "\"status\":\"incomplete\",\"incomplete_details\":null|OTHER",
        "\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"new\"}|OTHER",
      })
  void the_status_says_why_it_ended(String members, FinishReason finish) {
    assertThat(output(HI, "," + members).finish()).isEqualTo(finish);
  }

  @Test
  void a_refusal_is_why_it_ended() {
    assertThat(output(message("{\"type\":\"refusal\",\"refusal\":\"no\"}"), "").finish())
        .isEqualTo(FinishReason.REFUSAL);
  }

  @Test
  void readable_reasoning_wins_over_its_summary_and_empty_reasoning_is_nothing() {
    assertThat(
            output(
                    "{\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"s\"}],"
                        + "\"content\":[{\"type\":\"reasoning_text\",\"text\":\"t\"}]},"
                        + "{\"type\":\"reasoning\",\"id\":\"rs_2\",\"summary\":[]}",
                    "")
                .parts())
        .containsExactly(new Part.Reasoning("t", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"failed\",\"output\":[],\"error\":{\"code\":\"server_error\","
            + "\"message\":\"Sorry.\"}}",
        "{\"error\":{\"message\":\"Sorry.\",\"code\":\"server_error\"}}",
      })
  void a_failure_is_told(String body) {
    assertThat(ResponsesAnswerReader.read(Bytes.utf8(body)))
        .isInstanceOfSatisfying(
            AnswerRead.Failed.class,
            failed -> {
              assertThat(failed.error().message()).contains("Sorry.");
              assertThat(failed.error().code()).contains("server_error");
              assertThat(failed.error().standard()).isTrue();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"output\":7}",
        "{\"output\":[]",
        "{\"output\":[]} x",
        "{\"output\":[],\"status\":\"queued\"}",
        "{\"output\":[],\"status\":\"in_progress\"}",
      })
  void anything_else_is_malformed(String body) {
    assertThat(ResponsesAnswerReader.read(Bytes.utf8(body)))
        .isInstanceOf(AnswerRead.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"input_tokens\":-1,\"output_tokens\":5}",
        "{\"input_tokens\":5}",
        "{\"input_tokens\":5,\"output_tokens\":\"5\"}",
        "{\"input_tokens\":5,\"output_tokens\":5,\"input_tokens_details\":{\"cached_tokens\":6}}",
        "{\"input_tokens\":5,\"output_tokens\":5,\"output_tokens_details\":{\"reasoning_tokens\":6}}",
        "{\"input_tokens\":9223372036854775807,\"output_tokens\":9223372036854775807}",
        "{\"input_tokens\":1e400,\"output_tokens\":99999999999999999999}",
        "7",
        "null",
      })
  void usage_that_cannot_be_is_absent(String usage) {
    assertThat(output(HI, ",\"usage\":" + usage).usage()).isEqualTo(Usage.ABSENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "{}",
        "{\"type\":7}",
        "{\"type\":\"message\",\"content\":7}",
        "{\"type\":\"message\",\"content\":[7,{\"type\":\"output_text\",\"text\":{}}]}",
        "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"\","
            + "\"logprobs\":[7,{\"token\":1},{\"token\":\"a\",\"logprob\":1e999,\"bytes\":[-1]}]}]}",
        "{\"type\":\"function_call\",\"name\":[]}",
        "{\"type\":\"reasoning\",\"summary\":{},\"content\":7,\"encrypted_content\":[]}",
      })
  void an_item_of_wrong_types_does_no_harm(String item) {
    assertThat(output(item, "").parts())
        .allSatisfy(part -> assertThat(part).isInstanceOf(Part.Opaque.class));
  }
}
