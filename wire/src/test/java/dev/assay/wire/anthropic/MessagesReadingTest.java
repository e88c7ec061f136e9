package dev.assay.wire.anthropic;

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
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.ApiError;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How answers, streams, errors and counts of Messages are read. */
class MessagesReadingTest {
  private static Usage usage(String json) {
    return ((AnswerRead.Completion)
            MessagesAnswerReader.read(Bytes.utf8("{\"content\":[],\"usage\":" + json + "}")))
        .usage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"input_tokens\":5,\"output_tokens\":7} | 5 0 0 0 7 0",
        "{\"input_tokens\":5,\"output_tokens\":7,\"cache_creation_input_tokens\":3} | 5 0 3 0 7 0",
        "{\"input_tokens\":5,\"output_tokens\":7,\"cache_creation\":null,"
            + "\"cache_read_input_tokens\":null} | 5 0 0 0 7 0",
        "{\"cache_creation\":{\"ephemeral_1h_input_tokens\":4},\"cache_creation_input_tokens\":4,"
            + "\"cache_read_input_tokens\":9,\"input_tokens\":5,\"output_tokens\":7} | 5 9 0 4 7 0",
        "{\"input_tokens\":5,\"output_tokens\":7,\"output_tokens_details\":"
            + "{\"thinking_tokens\":6}} | 5 0 0 0 7 6",
        "{\"input_tokens\":5,\"output_tokens\":7,\"output_tokens_details\":"
            + "{\"thinking_tokens\":8}} | 5 0 0 0 7 0"
      })
  void usage_is_told_by_class(String json, String classes) {
    List<Long> counts = List.of(classes.split(" ")).stream().map(Long::valueOf).toList();
    assertThat(usage(json))
        .isEqualTo(
            new Usage(
                counts.get(0),
                counts.get(1),
                counts.get(2),
                counts.get(3),
                counts.get(4),
                counts.get(5),
                Provenance.REPORTED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "[5]",
        "{\"input_tokens\":5}",
        "{\"output_tokens\":5}",
        "{\"input_tokens\":-5,\"output_tokens\":7}",
        "{\"input_tokens\":5,\"output_tokens\":1000000000001}",
        "{\"input_tokens\":1e999,\"output_tokens\":99999999999999999999999}"
      })
  void usage_without_a_sound_count_is_absent(String json) {
    assertThat(usage(json)).isEqualTo(Usage.ABSENT);
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, STOP",
    "stop_sequence, STOP",
    "max_tokens, LENGTH",
    "model_context_window_exceeded, LENGTH",
    "tool_use, TOOL_CALLS",
    "refusal, REFUSAL",
    "pause_turn, OTHER",
    "compaction, OTHER"
  })
  void a_stop_reason_is_understood(String word, FinishReason reason) {
    AnswerRead.Completion read =
        (AnswerRead.Completion)
            MessagesAnswerReader.read(
                Bytes.utf8("{\"content\":[],\"stop_reason\":\"" + word + "\"}"));
    assertThat(read.finish()).isEqualTo(reason);
  }

  @Test
  void an_answer_keeps_every_block() {
    String search = "{\"type\":\"web_search_tool_result\",\"content\":[ 1 ]}";
    AnswerRead.Completion read =
        (AnswerRead.Completion)
            MessagesAnswerReader.read(
                Bytes.utf8(
                    "{\"id\":\"msg_1\",\"model\":\"m\",\"content\":["
                        + "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"s\"},"
                        + search
                        + ",{\"type\":\"text\",\"text\":\"a\",\"citations\":[{}]},"
                        + "{\"type\":\"text\",\"text\":\"\"},{\"type\":\"text\",\"text\":\"b\"},"
                        + "{\"type\":\"tool_use\",\"name\":\"f\"}]}"));
    assertThat(read.parts())
        .containsExactly(
            new Part.Reasoning(
                "",
                Optional.of(
                    new Signature(
                        WireFormat.ANTHROPIC_MESSAGES,
                        Signature.Kind.SIGNATURE,
                        "s",
                        Optional.empty()))),
            new Part.Opaque(WireFormat.ANTHROPIC_MESSAGES, Bytes.utf8(search)),
            new Part.Text("a"),
            new Part.Text("b"),
            new Part.ToolCall("f", "f", "{}"));
    assertThat(read.id()).contains("msg_1");
    assertThat(read.model()).contains("m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | is not a JSON object",
        "{} | has no content of a message",
        "{\"content\":\"x\"} | has no content of a message",
        "{\"content\":[]} {} | does not end behind its JSON object"
      })
  void what_is_no_answer_says_why(String body, String problem) {
    assertThat(MessagesAnswerReader.read(Bytes.utf8(body)))
        .isEqualTo(new AnswerRead.Malformed(problem));
  }

  @Nested
  class Errors {
    @Test
    void of_the_api_are_standard() {
      ApiError error =
          error(
              "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Busy\"},"
                  + "\"request_id\":\"r\"}");
      assertThat(error.message()).contains("Busy");
      assertThat(error.type()).contains("overloaded_error");
      assertThat(error.code()).contains("overloaded_error");
      assertThat(error.standard()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"error\":{\"message\":\"Busy\",\"type\":\"x\"}}",
          "{\"error\":\"Busy\"}",
          "{\"message\":\"Busy\"}",
          "{\"detail\":\"Busy\",\"type\":\"error\"}"
        })
    void of_others_are_understood(String body) {
      assertThat(error(body).message()).contains("Busy");
      assertThat(error(body).standard()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"error\":null}", "{\"error\":", "<html>"})
    void may_not_be_there(String body) {
      assertThat(MessagesErrorReader.read(Bytes.utf8(body))).isEmpty();
    }

    private ApiError error(String body) {
      return MessagesErrorReader.read(Bytes.utf8(body)).orElseThrow();
    }
  }

  @Nested
  class Streams {
    private final MessagesEventReader reader = new MessagesEventReader();

    private AnswerEvent read(String data) {
      return reader.read(Bytes.utf8(data));
    }

    private AnswerEvent.Kind kind(String data) {
      return read(data).kind();
    }

    @Test
    void are_told_apart_and_put_together() {
      assertThat(
              kind(
                  "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"m1\","
                      + "\"content\":[],\"usage\":{\"input_tokens\":7,\"output_tokens\":1}}}"))
          .isEqualTo(AnswerEvent.Kind.PRELUDE);
      assertThat(kind("{\"type\":\"ping\"}")).isEqualTo(AnswerEvent.Kind.PRELUDE);
      assertThat(
              kind(
                  "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                      + "{\"type\":\"text\",\"text\":\"\"}}"))
          .isEqualTo(AnswerEvent.Kind.PRELUDE);
      assertThat(reader.usage()).isEqualTo(new Usage(7, 0, 0, 0, 1, 0, Provenance.ESTIMATED));
      AnswerEvent text =
          read(
              "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                  + "{\"type\":\"text_delta\",\"text\":\"Hi\"}}");
      assertThat(text.kind()).isEqualTo(AnswerEvent.Kind.CONTENT);
      assertThat(text.content()).containsExactly(new Content.Text("Hi"));
      assertThat(kind("{\"type\":\"ping\"}")).isEqualTo(AnswerEvent.Kind.CONTENT);
      assertThat(kind("{\"type\":\"content_block_stop\",\"index\":0}"))
          .isEqualTo(AnswerEvent.Kind.CONTENT);
      assertThat(reader.finished()).isFalse();
      assertThat(
              kind(
                  "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                      + "\"usage\":{\"output_tokens\":2}}"))
          .isEqualTo(AnswerEvent.Kind.FINISH);
      assertThat(kind("{\"type\":\"ping\"}")).isEqualTo(AnswerEvent.Kind.OTHER);
      assertThat(kind("{\"type\":\"message_stop\"}")).isEqualTo(AnswerEvent.Kind.DONE);
      assertThat(reader.id()).contains("msg_1");
      assertThat(reader.model()).contains("m1");
      assertThat(reader.parts()).containsExactly(new Part.Text("Hi"));
      assertThat(reader.finish()).isEqualTo(FinishReason.STOP);
      assertThat(reader.finished()).isTrue();
      assertThat(reader.done()).isTrue();
      assertThat(reader.usage()).isEqualTo(Usage.reported(7, 2));
    }

    @Test
    void may_tell_their_usage_apart_from_the_reason() {
      assertThat(
              kind(
                  "{\"type\":\"message_delta\",\"delta\":{},\"usage\":"
                      + "{\"input_tokens\":4,\"output_tokens\":5}}"))
          .isEqualTo(AnswerEvent.Kind.USAGE);
      assertThat(reader.usage()).isEqualTo(Usage.reported(4, 5));
    }

    @Test
    void may_give_the_arguments_of_a_tool_at_its_beginning() {
      read(
          "{\"type\":\"content_block_start\",\"index\":4,\"content_block\":"
              + "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{\"a\":1}}}");
      read("{\"type\":\"content_block_stop\",\"index\":4}");
      assertThat(reader.parts()).containsExactly(new Part.ToolCall("t", "f", "{\"a\":1}"));
    }

    @Test
    void may_end_with_why_the_model_declined() {
      AnswerEvent last =
          read(
              "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"refusal\","
                  + "\"stop_details\":{\"type\":\"refusal\",\"explanation\":\"No.\"}}}");
      assertThat(last.kind()).isEqualTo(AnswerEvent.Kind.FINISH);
      assertThat(last.content()).containsExactly(new Content.Refusal("No."));
      assertThat(reader.parts()).containsExactly(new Part.Refusal("No."));
      assertThat(reader.finish()).isEqualTo(FinishReason.REFUSAL);
    }

    @Test
    void may_break_off_with_an_error() {
      AnswerEvent event =
          read("{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"Oh\"}}");
      assertThat(event.kind()).isEqualTo(AnswerEvent.Kind.ERROR);
      assertThat(event.error().orElseThrow().standard()).isTrue();
      assertThat(kind("{\"error\":\"Oh\"}")).isEqualTo(AnswerEvent.Kind.ERROR);
      assertThat(kind("{\"type\":\"error\"}")).isEqualTo(AnswerEvent.Kind.ERROR);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"type\":7}",
          "{\"type\":\"message_start\",\"message\":[]}",
          "{\"type\":\"content_block_start\",\"index\":\"x\",\"content_block\":"
              + "{\"type\":\"text\",\"text\":{}}}",
          "{\"type\":\"content_block_delta\",\"index\":99999999999999999999,\"delta\":"
              + "{\"type\":\"input_json_delta\",\"partial_json\":\"{\"}}",
          "{\"type\":\"content_block_delta\",\"index\":-1,\"delta\":"
              + "{\"type\":\"text_delta\",\"text\":null}}",
          "{\"type\":\"content_block_stop\"}",
          "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":[]},\"usage\":9}"
        })
    void shrug_off_wrong_types(String data) {
      assertThat(kind(data)).isEqualTo(AnswerEvent.Kind.PRELUDE);
      assertThat(reader.parts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[DONE]", "7", "{\"type\":", "{} {}"})
    void are_json_objects(String data) {
      assertThat(kind(data)).isEqualTo(AnswerEvent.Kind.MALFORMED);
    }
  }

  @Test
  void a_count_is_read_and_written() {
    assertThat(TokenCounts.write(14).utf8()).isEqualTo("{\"input_tokens\":14}");
    assertThat(TokenCounts.read(Bytes.utf8("{\"x\":{},\"input_tokens\":14}"))).hasValue(14);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[14]",
        "{\"input_tokens\":-1}",
        "{\"input_tokens\":\"14\"}",
        "{\"input_tokens\":1e400}",
        "{\"input_tokens\":14"
      })
  void a_count_that_is_none_is_absent(String body) {
    assertThat(TokenCounts.read(Bytes.utf8(body))).isEmpty();
  }
}
