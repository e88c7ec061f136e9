package dev.assay.wire.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.CacheHint;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Role;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Signature;
import dev.assay.core.request.Streaming;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import dev.assay.core.request.Tools;
import dev.assay.core.request.WireFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesRequestWriterTest {
  private static final Part TEXT = new Part.Text("hi");
  private static final Tool TOOL =
      new Tool("f", Optional.empty(), Optional.empty(), Optional.empty());

  private static Message message(Role role, Part... parts) {
    return new Message(role, List.of(parts), Optional.empty());
  }

  private static String written(Message... messages) {
    return MessagesRequestWriter.write(ChatRequest.of("m", List.of(messages)), 9).utf8();
  }

  private static String with(Tools tools, ResponseFormat format, ReasoningSetting reasoning) {
    return with("m", Sampling.DEFAULT, tools, format, reasoning);
  }

  private static String with(
      String model,
      Sampling sampling,
      Tools tools,
      ResponseFormat format,
      ReasoningSetting reasoning) {
    return MessagesRequestWriter.write(
            new ChatRequest(
                model,
                List.of(Message.text(Role.USER, "x")),
                sampling,
                tools,
                format,
                reasoning,
                Streaming.NONE,
                Optional.empty()),
            8_000)
        .utf8();
  }

  @Test
  void a_small_request_is_written_small() {
    assertThat(written(Message.text(Role.USER, "hi")))
        .isEqualTo(
            "{\"model\":\"m\",\"max_tokens\":9,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
  }

  @Nested
  class Conversations {
    @Test
    void have_their_system_messages_in_front() {
      assertThat(
              written(
                  Message.text(Role.SYSTEM, "a"),
                  Message.text(Role.USER, "x"),
                  Message.text(Role.SYSTEM, "b")))
          .contains(
              "\"system\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}],"
                  + "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]");
    }

    @Test
    void have_tool_results_and_what_follows_in_one_turn() {
      assertThat(
              written(
                  message(Role.ASSISTANT, new Part.ToolCall("c1", "f", "{\"a\": 1}")),
                  message(Role.TOOL, new Part.ToolResult("c1", List.of(TEXT), false)),
                  message(Role.TOOL, new Part.ToolResult("c2", List.of(), true)),
                  message(Role.USER, TEXT)))
          .contains(
              "[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"c1\","
                  + "\"name\":\"f\",\"input\":{\"a\": 1}}]},"
                  + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\","
                  + "\"tool_use_id\":\"c1\",\"content\":\"hi\"},{\"type\":\"tool_result\","
                  + "\"tool_use_id\":\"c2\",\"is_error\":true},"
                  + "{\"type\":\"text\",\"text\":\"hi\"}]}]");
    }

    @Test
    void leave_out_what_the_api_refuses() {
      String body =
          written(
              message(Role.USER, new Part.Text(""), new Part.Logprobs(List.of())),
              message(
                  Role.ASSISTANT,
                  new Part.Reasoning("unsigned", Optional.empty()),
                  new Part.Reasoning(
                      "foreign",
                      Optional.of(
                          new Signature(
                              WireFormat.GEMINI, Signature.Kind.SIGNATURE, "g", Optional.empty()))),
                  new Part.Opaque(WireFormat.OPENAI_CHAT, Bytes.utf8("{\"x\":1}")),
                  new Part.CachePoint(new CacheHint(Optional.empty())),
                  new Part.Refusal("I will not.")));
      assertThat(body)
          .contains(
              "\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"I will not.\"}]}]");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\0',
        value = {
          "{\"a\":[1]} | {\"a\":[1]}",
          "{} x | {\"arguments\":\"{} x\"}",
          "{\"a\": | {\"arguments\":\"{\\\"a\\\":\"}",
          "[1] | {\"arguments\":\"[1]\"}",
          "\"s\" | {\"arguments\":\"\\\"s\\\"\"}"
        })
    void have_arguments_that_are_objects(String arguments, String input) {
      assertThat(written(message(Role.ASSISTANT, new Part.ToolCall("c", "f", arguments))))
          .contains("\"input\":" + input + "}");
    }

    @Test
    void have_an_empty_object_where_there_are_no_arguments() {
      assertThat(written(message(Role.ASSISTANT, new Part.ToolCall("c", "f", " "))))
          .contains("\"input\":{}}");
    }

    @Test
    void name_calls_in_characters_that_the_api_takes() {
      assertThat(
              written(
                  message(Role.ASSISTANT, new Part.ToolCall("functions.f:0", "f", "")),
                  message(Role.TOOL, new Part.ToolResult("functions.f:0", List.of(), false))))
          .contains("\"id\":\"functions_f_0\"", "\"tool_use_id\":\"functions_f_0\"");
    }

    @Test
    void tell_every_text_as_plain_text() {
      assertThat(
              written(
                  message(Role.USER, new Part.DocumentData("text/csv", "YSxi", Optional.empty()))))
          .contains(
              "{\"type\":\"document\",\"source\":{\"type\":\"text\","
                  + "\"media_type\":\"text/plain\",\"data\":\"a,b\"}}");
    }
  }

  @Nested
  class ToolsOfARequest {
    @Test
    void have_a_schema_of_an_object() {
      Tool untyped =
          new Tool("g", Optional.empty(), Optional.of(Bytes.utf8("{\"x\":1}")), Optional.of(true));
      assertThat(tools(new Tools(List.of(TOOL, untyped), Optional.empty(), Optional.empty())))
          .contains(
              "\"tools\":[{\"name\":\"f\",\"input_schema\":"
                  + "{\"type\":\"object\",\"properties\":{}}},"
                  + "{\"name\":\"g\",\"input_schema\":{\"x\":1,\"type\":\"object\"},"
                  + "\"strict\":true}]}");
    }

    @Test
    void are_called_one_at_once_when_it_is_asked_for() {
      assertThat(tools(new Tools(List.of(TOOL), Optional.empty(), Optional.of(false))))
          .contains("\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}");
      assertThat(tools(new Tools(List.of(TOOL), Optional.empty(), Optional.of(true))))
          .doesNotContain("tool_choice");
      assertThat(
              tools(
                  new Tools(
                      List.of(TOOL), Optional.of(new ToolChoice.Forbidden()), Optional.of(false))))
          .contains("\"tool_choice\":{\"type\":\"none\"}");
    }

    @Test
    void must_be_there_to_be_chosen_among() {
      assertThat(
              tools(
                  new Tools(List.of(), Optional.of(new ToolChoice.Required()), Optional.of(false))))
          .doesNotContain("tool");
    }

    private String tools(Tools tools) {
      return with(tools, new ResponseFormat.Text(), ReasoningSetting.DEFAULT);
    }
  }

  @Test
  void a_schema_stands_beside_the_effort() {
    assertThat(
            with(
                Tools.NONE,
                new ResponseFormat.JsonSchema("n", Bytes.utf8("{ }"), Optional.of(false)),
                new ReasoningSetting(Optional.of("low"), Optional.empty())))
        .contains(
            "\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"low\","
                + "\"format\":{\"type\":\"json_schema\",\"schema\":{ }}}");
  }

  @Test
  void a_count_says_only_what_is_put_in() {
    ChatRequest request = ChatRequest.of("m", "hi").withStreaming(Streaming.EVENTS);
    assertThat(MessagesRequestWriter.writeCount(request, 9).utf8())
        .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
  }

  @Nested
  class Reasoning {
    private static final String ADAPTIVE = "\"thinking\":{\"type\":\"adaptive\"}";

    private String wish(String model, String effort, Long budget, Long cap, boolean forced) {
      Sampling sampling =
          new Sampling(
              Optional.empty(),
              Optional.empty(),
              Optional.ofNullable(cap),
              List.of(),
              Optional.empty(),
              Optional.empty());
      Tools tools =
          forced
              ? new Tools(List.of(TOOL), Optional.of(new ToolChoice.Required()), Optional.empty())
              : Tools.NONE;
      return with(
          model,
          sampling,
          tools,
          new ResponseFormat.Text(),
          new ReasoningSetting(Optional.ofNullable(effort), Optional.ofNullable(budget)));
    }

    @ParameterizedTest
    @CsvSource({
      "claude-opus-4-6, minimal, low",
      "claude-opus-4-6, xhigh, high",
      "claude-sonnet-4.6, max, max",
      "claude-opus-4-7, xhigh, xhigh",
      "claude-opus-5, medium, medium",
      "claude-sonnet-5-20260601, high, high",
      "claude-fable-5, low, low",
      "somebody-elses-model, high, high"
    })
    void of_newer_models_is_as_much_as_they_see_fit(String model, String effort, String said) {
      assertThat(wish(model, effort, null, null, false))
          .contains(
              "\"max_tokens\":8000", ADAPTIVE + ",\"output_config\":{\"effort\":\"" + said + "\"}");
    }

    @ParameterizedTest
    @CsvSource({"1024, low", "8192, medium", "16384, high", "50000, xhigh"})
    void of_newer_models_has_an_effort_for_a_budget(long budget, String effort) {
      assertThat(wish("claude-opus-5", null, budget, null, false))
          .contains(ADAPTIVE + ",\"output_config\":{\"effort\":\"" + effort + "\"}");
    }

    @ParameterizedTest
    @CsvSource({
      "claude-3-7-sonnet-20250219, minimal, 1024, 8000",
      "claude-sonnet-4-20250514, low, 4096, 8192",
      "claude-opus-4-1-20250805, medium, 8192, 12288",
      "claude-opus-4-5, high, 16384, 20480",
      "claude-haiku-4-5-20251001, max, 24576, 28672",
      "claude-sonnet-4.5, xhigh, 24576, 28672"
    })
    void of_older_models_has_a_budget(String model, String effort, long budget, long cap) {
      assertThat(wish(model, effort, null, null, false))
          .contains(
              "\"max_tokens\":" + cap + ",",
              "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":" + budget + "}")
          .doesNotContain("output_config");
    }

    @Test
    void fits_below_the_callers_cap() {
      assertThat(wish("claude-opus-4-5", "high", null, 4_000L, false))
          .contains("\"max_tokens\":4000,", "\"budget_tokens\":3000}");
      assertThat(wish("claude-opus-4-5", null, 9_000L, 4_000L, false))
          .contains("\"max_tokens\":4000,", "\"budget_tokens\":3999}");
      assertThat(wish("claude-opus-4-5", null, 5L, null, false))
          .contains("\"max_tokens\":8000,", "\"budget_tokens\":1024}");
      assertThat(wish("claude-opus-4-5", "high", null, 1_000L, false))
          .contains("\"max_tokens\":1000,")
          .doesNotContain("thinking");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-opus-4-1", "claude-opus-5", "unknown"})
    void may_be_switched_off(String model) {
      String disabled = "\"thinking\":{\"type\":\"disabled\"}}";
      assertThat(wish(model, "none", null, null, false)).endsWith(disabled);
      assertThat(wish(model, null, 0L, null, false)).endsWith(disabled);
    }

    @Test
    void is_not_asked_for_while_a_tool_is_forced() {
      assertThat(wish("claude-opus-4-5", "low", null, null, true)).doesNotContain("thinking");
      assertThat(wish("claude-opus-5", "low", null, null, true))
          .doesNotContain("thinking")
          .endsWith("\"output_config\":{\"effort\":\"low\"}}");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "claude-2.1",
          "claude-instant-1.2",
          "claude-3-opus-20240229",
          "claude-3-5-sonnet-20241022"
        })
    void is_nothing_that_the_oldest_models_do(String model) {
      assertThat(wish(model, "high", null, null, false)).doesNotContain("thinking", "effort");
      ChatRequest request =
          ChatRequest.of(model, "hi")
              .withReasoning(new ReasoningSetting(Optional.of("high"), Optional.empty()));
      assertThat(MessagesRequestWriter.losses(request, 9))
          .containsExactly("reasoning: this model does not reason");
    }

    @ParameterizedTest
    @CsvSource({
      "claude-opus-4-6,xhigh,1",
      "claude-opus-4-6,minimal,1",
      "claude-opus-4-8,minimal,1",
      "claude-opus-4-8,xhigh,0",
      "claude-opus-4-6,max,0",
      "claude-opus-4-6,none,0",
      "claude-opus-4-5,xhigh,0"
    })
    void is_the_nearest_effort_with_a_warning(String model, String effort, int warnings) {
      ChatRequest request =
          ChatRequest.of(model, "hi")
              .withReasoning(new ReasoningSetting(Optional.of(effort), Optional.empty()));
      assertThat(MessagesRequestWriter.losses(request, 9_000))
          .hasSize(warnings)
          .allMatch(warning ->
              warning.equals(
                  "reasoning: this model does not know the effort; the nearest is asked for"));
    }
  }
}
