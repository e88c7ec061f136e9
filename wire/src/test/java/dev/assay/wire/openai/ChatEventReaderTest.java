package dev.assay.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta.Content;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.TokenLogprob;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerEvent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatEventReaderTest {
  private static final String USAGE = "{\"prompt_tokens\":7,\"completion_tokens\":2}";

  private final ChatEventReader reader = new ChatEventReader();

  private AnswerEvent read(String data) {
    return reader.read(Bytes.utf8(data));
  }

  /** An event whose first choice has this delta. */
  private AnswerEvent delta(String delta) {
    return read("{\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]}");
  }

  private AnswerEvent finish(String delta, String reason) {
    return read(
        "{\"choices\":[{\"index\":0,\"delta\":"
            + delta
            + ",\"finish_reason\":\""
            + reason
            + "\"}],\"usage\":null}");
  }

  private void content(String delta, Content... content) {
    AnswerEvent event = delta(delta);
    assertThat(event.kind()).isEqualTo(AnswerEvent.Kind.CONTENT);
    assertThat(event.content()).containsExactly(content);
  }

  @Test
  void a_stream_of_openai_is_told_apart_and_put_together() {
    assertThat(
            read("{\"id\":\"c1\",\"model\":\"m1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
                    + "\"content\":\"\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}")
                .kind())
        .isEqualTo(AnswerEvent.Kind.PRELUDE);
    content("{\"content\":\"Hel\"}", new Content.Text("Hel"));
    content("{\"content\":\"lo\"}", new Content.Text("lo"));
    assertThat(reader.finished()).isFalse();
    assertThat(finish("{}", "stop").kind()).isEqualTo(AnswerEvent.Kind.FINISH);
    assertThat(read("{\"choices\":[],\"usage\":" + USAGE + "}").kind())
        .isEqualTo(AnswerEvent.Kind.USAGE);
    assertThat(read("[DONE]").kind()).isEqualTo(AnswerEvent.Kind.DONE);

    assertThat(reader.id()).contains("c1");
    assertThat(reader.model()).contains("m1");
    assertThat(reader.parts()).containsExactly(new Part.Text("Hello"));
    assertThat(reader.finish()).isEqualTo(FinishReason.STOP);
    assertThat(reader.finished()).isTrue();
    assertThat(reader.done()).isTrue();
    assertThat(reader.usage()).isEqualTo(Usage.reported(7, 2));
  }

  @Test
  void nothing_is_known_before_the_first_event() {
    assertThat(reader.parts()).isEmpty();
    assertThat(reader.finish()).isEqualTo(FinishReason.OTHER);
    assertThat(reader.usage()).isEqualTo(Usage.ABSENT);
    assertThat(reader.id()).isEmpty();
    assertThat(reader.model()).isEmpty();
  }

  @Nested
  class ToolCalls {
    @Test
    void are_put_together_from_fragments() {
      content(
          "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}",
          new Content.ToolCall(0, Optional.of("c1"), Optional.of("f"), ""));
      content(
          "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\"\"}}]}",
          new Content.ToolCall(0, Optional.empty(), Optional.empty(), "{\"a\""));
      content(
          "{\"tool_calls\":[{\"index\":1,\"id\":\"c2\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}},"
              + "{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\":1}\"}}]}",
          new Content.ToolCall(1, Optional.of("c2"), Optional.of("g"), "{}"),
          new Content.ToolCall(0, Optional.empty(), Optional.empty(), ":1}"));
      finish("{}", "tool_calls");
      assertThat(reader.parts())
          .containsExactly(
              new Part.ToolCall("c1", "f", "{\"a\":1}"), new Part.ToolCall("c2", "g", "{}"));
      assertThat(reader.finish()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void without_an_index_are_told_apart_by_their_identifiers() {
      delta("{\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}");
      delta("{\"tool_calls\":[{\"function\":{\"arguments\":\"}\"}}]}");
      delta(
          "{\"tool_calls\":[{\"id\":\"c2\",\"function\":{\"name\":\"f\",\"arguments\":{\"a\":1}}}]}");
      assertThat(reader.parts())
          .containsExactly(
              new Part.ToolCall("c1", "f", "{}"), new Part.ToolCall("c2", "f", "{\"a\":1}"));
    }

    @Test
    void with_an_absurd_index_take_no_room() {
      delta(
          "{\"tool_calls\":[{\"index\":2000000000,\"id\":\"c1\",\"function\":{\"name\":\"f\"}}]}");
      delta("{\"tool_calls\":[{\"index\":99999999999,\"function\":{\"arguments\":\"{}\"}}]}");
      delta("{\"tool_calls\":[{\"index\":-5,\"function\":null}, 7]}");
      assertThat(reader.parts()).containsExactly(new Part.ToolCall("c1", "f", "{}"));
    }

    @Test
    void of_the_older_form_are_read() {
      delta("{\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}}");
      delta("{\"function_call\":{\"arguments\":\"{}\"}}");
      assertThat(reader.parts()).containsExactly(new Part.ToolCall("f", "f", "{}"));
    }
  }

  @Nested
  class Reasoning {
    @Test
    void comes_before_the_text() {
      content("{\"reasoning_content\":\"h\",\"content\":null}", new Content.Reasoning("h"));
      content("{\"reasoning\":\"m\"}", new Content.Reasoning("m"));
      content("{\"content\":\"42\"}", new Content.Text("42"));
      assertThat(reader.parts())
          .containsExactly(new Part.Reasoning("hm", Optional.empty()), new Part.Text("42"));
    }

    @Test
    void said_twice_counts_once() {
      content(
          "{\"reasoning\":\"hm\",\"reasoning_content\":\"hm\",\"reasoning_details\":[{\"text\":\"hm\"}]}",
          new Content.Reasoning("hm"));
    }
  }

  @Nested
  class ReasoningDetailsOfOpenRouter {
    private static final String HEAD = "{\"content\":\"\",\"reasoning_details\":[";

    @Test
    void sign_what_came_before() {
      content(
          "{\"content\":\"\",\"reasoning\":\"h\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"h\",\"index\":0}]}",
          new Content.Reasoning("h"));
      Signature signature =
          new Signature(
              WireFormat.ANTHROPIC_MESSAGES, Signature.Kind.SIGNATURE, "sig", Optional.empty());
      content(
          HEAD
              + "{\"type\":\"reasoning.text\",\"signature\":\"sig\",\"format\":\"anthropic-claude-v1\",\"index\":0}]}",
          new Content.Signed(signature));
      content("{\"content\":\"42\"}", new Content.Text("42"));
      assertThat(reader.parts())
          .containsExactly(new Part.Reasoning("h", Optional.of(signature)), new Part.Text("42"));
    }

    @Test
    void may_be_all_that_there_is() {
      content(
          HEAD
              + "{\"type\":\"reasoning.summary\",\"summary\":\"hm\",\"index\":0},{\"type\":\"reasoning.encrypted\","
              + "\"data\":\"gA\",\"id\":\"rs_1\",\"format\":\"openai-responses-v1\",\"index\":0}]}",
          new Content.Reasoning("hm"),
          new Content.Signed(
              new Signature(
                  WireFormat.OPENAI_RESPONSES,
                  Signature.Kind.ENCRYPTED,
                  "gA",
                  Optional.of("rs_1"))));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"{}", "7", "{\"type\":7,\"text\":[],\"index\":\"x\"}", "{\"data\":\"\"}"})
    void that_say_nothing_are_nothing(String detail) {
      assertThat(delta(HEAD + detail + "]}").kind()).isEqualTo(AnswerEvent.Kind.PRELUDE);
    }
  }

  @Nested
  class Probabilities {
    private AnswerEvent choice(String delta, String logprobs) {
      return read(
          "{\"choices\":[{\"index\":0,\"logprobs\":" + logprobs + ",\"delta\":" + delta + "}]}");
    }

    @Test
    void follow_the_text_that_they_belong_to() {
      AnswerEvent event =
          choice(
              "{\"content\":\"a\"}",
              "{\"content\":[{\"token\":\"a\",\"logprob\":-1,\"bytes\":[97],\"top_logprobs\":[]}],\"refusal\":null}");
      TokenLogprob token = new TokenLogprob("a", -1, Optional.of(Bytes.utf8("a")), List.of());
      assertThat(event.content())
          .containsExactly(new Content.Text("a"), new Content.Logprobs(List.of(token)));
      assertThat(reader.parts())
          .containsExactly(new Part.Text("a"), new Part.Logprobs(List.of(token)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "7",
          "[]",
          "{\"content\":7}",
          "{\"content\":[7,{},{\"token\":\"a\"},{\"logprob\":1},{\"token\":1,\"logprob\":-1}]}",
          "{\"content\":[{\"token\":\"a\",\"logprob\":1e999}]}",
        })
    void that_say_nothing_are_nothing(String logprobs) {
      assertThat(choice("{\"content\":\"a\"}", logprobs).content())
          .containsExactly(new Content.Text("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[256]", "[-1]", "[\"a\"]", "{}", "null"})
    void may_come_without_sound_bytes(String bytes) {
      choice(
          "{\"content\":\"a\"}",
          "{\"content\":[{\"token\":\"a\",\"logprob\":-1,\"bytes\":" + bytes + "}]}");
      assertThat(reader.parts().getLast())
          .isEqualTo(
              new Part.Logprobs(List.of(new TokenLogprob("a", -1, Optional.empty(), List.of()))));
    }

    @Test
    void without_text_leave_no_part() {
      choice("{}", "{\"content\":[{\"token\":\"a\",\"logprob\":-1}]}");
      choice("{\"reasoning\":\"x\"}", "{\"content\":[{\"token\":\"x\",\"logprob\":-1}]}");
      assertThat(reader.parts()).containsExactly(new Part.Reasoning("x", Optional.empty()));
    }
  }

  @Test
  void a_signature_of_gemini_stands_before_its_tool_call() {
    delta(
        "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"extra_content\":{\"google\":{\"thought_signature\":\"Ci\"}},"
            + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},"
            + "{\"index\":1,\"id\":\"c2\",\"extra_content\":7,\"function\":{\"name\":\"g\"}}]}");
    assertThat(reader.parts())
        .containsExactly(
            new Part.Reasoning(
                "",
                Optional.of(
                    new Signature(
                        WireFormat.GEMINI, Signature.Kind.SIGNATURE, "Ci", Optional.empty()))),
            new Part.ToolCall("c1", "f", "{}"),
            new Part.ToolCall("c2", "g", ""));
  }

  @Test
  void a_refusal_is_put_together_and_is_the_finish_reason() {
    content("{\"refusal\":\"I \"}", new Content.Refusal("I "));
    content("{\"refusal\":\"won't\"}", new Content.Refusal("won't"));
    finish("{}", "stop");
    assertThat(reader.parts()).containsExactly(new Part.Refusal("I won't"));
    assertThat(reader.finish()).isEqualTo(FinishReason.REFUSAL);
  }

  @Nested
  class AnEventWithoutContent {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"choices\":[],\"prompt_filter_results\":[{\"x\":1}]}",
          "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}",
          "{\"choices\":[{\"index\":0,\"delta\":{\"content\":null,\"tool_calls\":[],\"x\":{},\"y\":[],\"z\":\"\",\"n\":1}}]}",
          "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"\"}],\"error\":null}",
          "{\"choices\":[{\"index\":1,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}",
          "{}",
          "{\"choices\":7}",
          "{\"choices\":[7,{\"delta\":7}]}",
        })
    void is_prelude_before_content_and_content_behind_it(String data) {
      AnswerEvent before = read(data);
      assertThat(before.kind()).isEqualTo(AnswerEvent.Kind.PRELUDE);
      assertThat(before.content()).isEmpty();
      delta("{\"content\":\"x\"}");
      AnswerEvent behind = read(data);
      assertThat(behind.kind()).isEqualTo(AnswerEvent.Kind.CONTENT);
      assertThat(behind.content()).isEmpty();
      finish("{}", "stop");
      assertThat(read(data).kind()).isEqualTo(AnswerEvent.Kind.OTHER);
    }
  }

  @Nested
  class WhatIsNotUnderstood {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"audio\":{\"data\":\"x\"}}",
          "{\"thinking\":\"x\"}",
          "{\"images\":[1]}",
          "{\"content\":[{\"type\":\"thinking\",\"thinking\":[]}]}",
        })
    void is_content_all_the_same(String delta) {
      content(delta);
      assertThat(reader.parts()).isEmpty();
    }

    @Test
    void of_other_choices_is_content_all_the_same() {
      AnswerEvent event =
          read(
              "{\"choices\":[{\"delta\":{\"content\":\"b\",\"tool_calls\":[{\"index\":3}]},\"index\":1}]}");
      assertThat(event.kind()).isEqualTo(AnswerEvent.Kind.CONTENT);
      assertThat(event.content()).isEmpty();
      delta("{\"content\":\"a\"}");
      assertThat(reader.parts()).containsExactly(new Part.Text("a"));
    }
  }

  @Nested
  class TheEnd {
    @Test
    void may_carry_the_last_content_and_the_usage() {
      AnswerEvent event =
          read(
              "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"!\"},\"finish_reason\":\"length\"}],\"usage\":"
                  + USAGE
                  + "}");
      assertThat(event.kind()).isEqualTo(AnswerEvent.Kind.FINISH);
      assertThat(event.content()).containsExactly(new Content.Text("!"));
      assertThat(reader.parts()).containsExactly(new Part.Text("!"));
      assertThat(reader.finish()).isEqualTo(FinishReason.LENGTH);
      assertThat(reader.usage()).isEqualTo(Usage.reported(7, 2));
    }

    @Test
    void of_one_choice_is_the_end_of_content_for_all() {
      read("{\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"stop\"}]}");
      assertThat(reader.finished()).isTrue();
      assertThat(reader.finish()).isEqualTo(FinishReason.OTHER);
      assertThat(delta("{\"content\":\"late\"}").kind()).isEqualTo(AnswerEvent.Kind.OTHER);
      finish("{}", "length");
      assertThat(reader.finish()).isEqualTo(FinishReason.LENGTH);
      assertThat(reader.parts()).containsExactly(new Part.Text("late"));
    }

    @Test
    void has_the_last_usage_that_was_said() {
      delta("{\"content\":\"a\"}");
      read(
          "{\"choices\":[{\"delta\":{}}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":1}}");
      read(
          "{\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2,"
              + "\"prompt_tokens_details\":{\"cached_tokens\":4}}}");
      read("{\"choices\":[],\"usage\":{}}");
      assertThat(reader.usage()).isEqualTo(new Usage(3, 4, 0, 0, 2, 0, Provenance.REPORTED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[DONE]", "[DONE] ", "[DONE]\r"})
    void mark_may_have_white_space_behind_it(String data) {
      assertThat(read(data).kind()).isEqualTo(AnswerEvent.Kind.DONE);
    }
  }

  @Test
  void an_error_inside_the_stream_is_told() {
    AnswerEvent event =
        read("{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\",\"code\":503}}");
    assertThat(event.kind()).isEqualTo(AnswerEvent.Kind.ERROR);
    assertThat(event.error()).map(error -> error.message().orElse("")).contains("overloaded");
    assertThat(read("{\"error\":\"overloaded\"}").kind()).isEqualTo(AnswerEvent.Kind.ERROR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "[DONE", "<html>", "{\"choices\":[}", "{}x", "7"})
  void what_is_no_json_object_is_malformed(String data) {
    assertThat(read(data))
        .isEqualTo(new AnswerEvent(AnswerEvent.Kind.MALFORMED, List.of(), Optional.empty()));
  }
}
