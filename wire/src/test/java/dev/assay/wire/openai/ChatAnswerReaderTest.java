package dev.assay.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatAnswerReaderTest {
  private static AnswerRead read(String body) {
    return ChatAnswerReader.read(Bytes.utf8(body));
  }

  private static AnswerRead.Completion completion(String body) {
    AnswerRead read = read(body);
    assertThat(read).isInstanceOf(AnswerRead.Completion.class);
    return (AnswerRead.Completion) read;
  }

  private static AnswerRead.Completion message(String members, String finish) {
    return completion(
        "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
            + members
            + "},\"finish_reason\":"
            + finish
            + "}]}");
  }

  private static Usage usage(String usage) {
    return completion("{\"usage\":" + usage + ",\"choices\":[{\"message\":{}}]}").usage();
  }

  @Test
  void an_answer_of_openai_is_read_whole() {
    String body =
        """
        {
          "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-4o-mini-2024",
          "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello!", "refusal": null,
            "annotations": []}, "logprobs": null, "finish_reason": "stop"}],
          "usage": {"prompt_tokens": 100, "completion_tokens": 30, "total_tokens": 130,
            "prompt_tokens_details": {"cached_tokens": 64, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 10, "audio_tokens": 0}},
          "service_tier": "default", "system_fingerprint": "fp"
        }
        """;
    assertThat(completion(body))
        .isEqualTo(
            new AnswerRead.Completion(
                Optional.of("chatcmpl-1"),
                Optional.of("gpt-4o-mini-2024"),
                List.of(new Part.Text("Hello!")),
                FinishReason.STOP,
                new Usage(36, 64, 0, 0, 30, 10, Provenance.REPORTED)));
  }

  @Nested
  class TheParts {
    @Test
    void of_tool_calls_are_read() {
      AnswerRead.Completion read =
          message(
              "\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":"
                  + "{\"name\":\"f\",\"arguments\":\"{}\"}},{\"function\":{\"name\":\"g\",\"arguments\":{\"a\": 1}}},"
                  + "{\"type\":\"custom\"},7]",
              "\"tool_calls\"");
      assertThat(read.finish()).isEqualTo(FinishReason.TOOL_CALLS);
      assertThat(read.parts())
          .containsExactly(
              new Part.ToolCall("c1", "f", "{}"),
              new Part.ToolCall("g", "g", "{\"a\": 1}"),
              new Part.Opaque(WireFormat.OPENAI_CHAT, Bytes.utf8("{\"type\":\"custom\"}")),
              new Part.Opaque(WireFormat.OPENAI_CHAT, Bytes.utf8("7")));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"reasoning_content\":\"hm\"",
          "\"reasoning\":\"hm\"",
          "\"reasoning_content\":\"hm\",\"reasoning\":null",
          "\"reasoning_content\":null,\"reasoning\":\"hm\"",
        })
    void of_reasoning_come_first(String reasoning) {
      assertThat(message("\"content\":\"42\"," + reasoning, "\"stop\"").parts())
          .containsExactly(new Part.Reasoning("hm", Optional.empty()), new Part.Text("42"));
    }

    @Test
    void of_a_refusal_finish_as_one() {
      AnswerRead.Completion read =
          message("\"content\":null,\"refusal\":\"I will not\"", "\"stop\"");
      assertThat(read.parts()).containsExactly(new Part.Refusal("I will not"));
      assertThat(read.finish()).isEqualTo(FinishReason.REFUSAL);
    }

    @Test
    void may_stand_in_an_array() {
      assertThat(
              message(
                      "\"content\":[{\"type\":\"thinking\"},{\"type\":\"text\",\"text\":\"42\"}]",
                      "\"stop\"")
                  .parts())
          .containsExactly(
              new Part.Opaque(WireFormat.OPENAI_CHAT, Bytes.utf8("{\"type\":\"thinking\"}")),
              new Part.Text("42"));
    }

    @Test
    void of_the_older_form_are_read() {
      assertThat(
              message(
                      "\"content\":null,\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}",
                      "\"function_call\"")
                  .parts())
          .containsExactly(new Part.ToolCall("f", "f", "{}"));
    }

    @Test
    void are_those_of_the_first_choice() {
      assertThat(
              completion(
                      "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"length\"},"
                          + "{\"message\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}")
                  .parts())
          .containsExactly(new Part.Text("a"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "\"stop\", STOP",
    "\"length\", LENGTH",
    "\"model_length\", LENGTH",
    "\"tool_calls\", TOOL_CALLS",
    "\"function_call\", TOOL_CALLS",
    "\"content_filter\", CONTENT_FILTER",
    "\"something\", OTHER",
    "null, OTHER",
    "7, OTHER",
  })
  void the_finish_reason_is_understood(String word, FinishReason reason) {
    assertThat(message("\"content\":\"x\"", word).finish()).isEqualTo(reason);
  }

  @Nested
  class TheUsage {
    @Test
    void separates_the_cache_from_the_input() {
      assertThat(
              usage(
                  "{\"prompt_tokens\":100,\"completion_tokens\":5,\"prompt_tokens_details\":"
                      + "{\"cached_tokens\":60,\"cache_write_tokens\":30}}"))
          .isEqualTo(new Usage(10, 60, 30, 0, 5, 0, Provenance.REPORTED));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"prompt_cache_hit_tokens\":60,\"prompt_cache_miss_tokens\":40",
          "\"cached_tokens\":60",
          "\"prompt_tokens_details\":{\"cached_tokens\":60},\"prompt_cache_hit_tokens\":60",
          "\"prompt_tokens_details\":{\"cached_tokens\":60},\"prompt_cache_hit_tokens\":0",
          "\"prompt_cache_hit_tokens\":60,\"prompt_tokens_details\":null",
        })
    void finds_the_cache_where_other_providers_put_it(String cached) {
      assertThat(usage("{\"prompt_tokens\":100,\"completion_tokens\":5," + cached + "}"))
          .isEqualTo(new Usage(40, 60, 0, 0, 5, 0, Provenance.REPORTED));
    }

    /** The figures of a grok-4.20 answer: 10120 + 1499 + 2809 = 14428. */
    @Test
    void adds_reasoning_that_is_counted_beside_the_completion() {
      assertThat(
              usage(
                  "{\"prompt_tokens\":10120,\"completion_tokens\":1499,\"total_tokens\":14428,"
                      + "\"prompt_tokens_details\":{\"cached_tokens\":128},"
                      + "\"completion_tokens_details\":{\"reasoning_tokens\":2809}}"))
          .isEqualTo(new Usage(9_992, 128, 0, 0, 4_308, 2_809, Provenance.REPORTED));
    }

    @ParameterizedTest
    @CsvSource({"300, 200, 300, 200", "5000, 5000, 1000, 700", "-1, -1, 0, 0"})
    void tells_audio_apart(long audioIn, long audioOut, long inputAudio, long outputAudio) {
      assertThat(
              usage(
                  "{\"prompt_tokens\":1500,\"completion_tokens\":700,\"prompt_tokens_details\":{\"audio_tokens\":"
                      + audioIn
                      + ",\"cached_tokens\":500},\"completion_tokens_details\":{\"audio_tokens\":"
                      + audioOut
                      + "}}"))
          .isEqualTo(
              new Usage(1000, 500, 0, 0, 700, 0, inputAudio, outputAudio, Provenance.REPORTED));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "null",
          "7",
          "[]",
          "{}",
          "{\"prompt_tokens\":1}",
          "{\"completion_tokens\":1}",
          "{\"prompt_tokens\":-1,\"completion_tokens\":1}",
          "{\"prompt_tokens\":\"1\",\"completion_tokens\":1}",
          "{\"prompt_tokens\":1,\"completion_tokens\":99999999999999999999}",
          "{\"prompt_tokens\":1,\"completion_tokens\":1,\"prompt_tokens_details\":{\"cached_tokens\":2}}",
          "{\"prompt_tokens\":1,\"completion_tokens\":1,\"completion_tokens_details\":{\"reasoning_tokens\":2}}",
          "{\"prompt_tokens\":9000000000000000000,\"completion_tokens\":9000000000000000000}",
        })
    void that_says_nothing_usable_is_absent(String usage) {
      assertThat(usage(usage)).isEqualTo(Usage.ABSENT);
    }

    @Test
    void ignores_details_of_a_wrong_type() {
      assertThat(
              usage(
                  "{\"prompt_tokens\":2.0,\"completion_tokens\":1,\"total_tokens\":\"x\","
                      + "\"prompt_tokens_details\":[1],\"completion_tokens_details\":"
                      + "{\"reasoning_tokens\":null}}"))
          .isEqualTo(Usage.reported(2, 1));
    }
  }

  @Nested
  class ABody {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "<html>",
          "[]",
          "{}",
          "{\"choices\":[]}",
          "{\"choices\":{}}",
          "{\"choices\":[7]}",
          "{\"choices\":[{}]}",
          "{\"choices\":[{\"message\":null}]}",
          "{\"choices\":[{\"message\":{}}]",
          "{\"choices\":[{\"message\":{}}]}x"
        })
    void without_a_choice_is_malformed(String body) {
      assertThat(read(body)).isInstanceOf(AnswerRead.Malformed.class);
    }

    @Test
    void with_an_error_has_failed() {
      assertThat(read("{\"error\":{\"message\":\"no\",\"code\":500}}"))
          .isEqualTo(
              new AnswerRead.Failed(
                  new ApiError(
                      Optional.of("no"),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.of("500"),
                      true,
                      Optional.empty())));
    }

    @Test
    void with_wrong_types_everywhere_is_read_as_far_as_it_goes() {
      assertThat(
              completion(
                  "{\"id\":7,\"model\":[],\"error\":null,\"usage\":\"much\",\"choices\":[{\"message\":"
                      + "{\"content\":{\"x\":1},\"refusal\":1,\"tool_calls\":{},\"function_call\":[],"
                      + "\"reasoning_content\":[]},\"finish_reason\":{}}]}"))
          .isEqualTo(
              new AnswerRead.Completion(
                  Optional.empty(), Optional.empty(), List.of(), FinishReason.OTHER, Usage.ABSENT));
    }

    @Test
    void that_is_damaged_never_throws() {
      Random random = new Random(5);
      byte[] sound =
          ("{\"id\":\"x\",\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"}],"
                  + "\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                  + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3}}")
              .getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 20_000; i++) {
        byte[] damaged = sound.clone();
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        damaged[random.nextInt(damaged.length)] = (byte) "{}[]\",:0".charAt(random.nextInt(8));
        assertThat(ChatAnswerReader.read(Bytes.wrap(damaged))).isNotNull();
        assertThat(ChatErrorReader.read(Bytes.wrap(damaged))).isNotNull();
        assertThat(new ChatEventReader().read(Bytes.wrap(damaged))).isNotNull();
      }
    }
  }

  @Nested
  class AnErrorBody {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{\"error\":{\"message\":\"no\",\"type\":\"t\",\"param\":\"p\",\"code\":\"c\"}} | no | t | p | c | true",
          "{\"error\":{\"message\":\"no\",\"code\":429}}                     | no | | | 429 | true",
          "{\"error\":\"no\"}                                                | no | | | | false",
          "{\"object\":\"error\",\"message\":\"no\",\"type\":\"t\",\"code\":400} | no | t | | 400 | false",
          "{\"detail\":\"no\"}                                               | no | | | | false",
          "{\"error\":{\"type\":\"t\"}}                                      | | t | | | false",
        })
    void is_read_in_every_common_shape(
        String body, String message, String type, String param, String code, boolean standard) {
      assertThat(ChatErrorReader.read(Bytes.utf8(body)))
          .contains(
              new ApiError(
                  Optional.ofNullable(message),
                  Optional.ofNullable(type),
                  Optional.ofNullable(param),
                  Optional.ofNullable(code),
                  standard,
                  Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "<html>", "[]", "{}", "{\"x\":1}", "{\"error\":null}", "{\"error\":"})
    void that_is_none_is_absent(String body) {
      assertThat(ChatErrorReader.read(Bytes.utf8(body))).isEmpty();
    }
  }
}
