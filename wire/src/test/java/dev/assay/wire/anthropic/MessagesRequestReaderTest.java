package dev.assay.wire.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.ErrorCode;
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
import dev.assay.wire.format.RequestRead;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesRequestReaderTest {
  private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

  private static RequestRead reading(String body) {
    return MessagesRequestReader.read(
        Bytes.utf8(body), Map.of("anthropic-beta", "b"), Optional.of("beta=true"));
  }

  private static ChatRequest read(String body) {
    RequestRead read = reading(body);
    assertThat(read).isInstanceOf(RequestRead.Valid.class);
    return ((RequestRead.Valid) read).request();
  }

  private static ChatRequest with(String members) {
    return read("{\"model\":\"m\",\"max_tokens\":5," + members + "}");
  }

  private static List<String> unread(ChatRequest request) {
    return request.wire().orElseThrow().unread();
  }

  private static Message message(Role role, Part... parts) {
    return new Message(role, List.of(parts), Optional.empty());
  }

  private static Part cachePoint(String ttl) {
    return new Part.CachePoint(new CacheHint(Optional.of(ttl).filter(text -> !text.isEmpty())));
  }

  private static Optional<Signature> signature(Signature.Kind kind, String value) {
    return Optional.of(new Signature(WireFormat.ANTHROPIC_MESSAGES, kind, value, Optional.empty()));
  }

  @Test
  void a_small_request_is_read() {
    ChatRequest request = with(HI);
    assertThat(request.model()).isEqualTo("m");
    assertThat(request.messages()).containsExactly(Message.text(Role.USER, "hi"));
    assertThat(request.sampling().maxOutputTokens()).contains(5L);
    assertThat(request.tools()).isEqualTo(Tools.NONE);
    assertThat(request.reasoning()).isEqualTo(ReasoningSetting.DEFAULT);
    assertThat(request.format()).isEqualTo(new ResponseFormat.Text());
    assertThat(request.streaming()).isEqualTo(Streaming.NONE);
    assertThat(request.wire().orElseThrow().format()).isEqualTo(WireFormat.ANTHROPIC_MESSAGES);
    assertThat(request.wire().orElseThrow().headers()).containsEntry("anthropic-beta", "b");
    assertThat(request.wire().orElseThrow().query()).contains("beta=true");
    assertThat(unread(request)).isEmpty();
  }

  @Test
  void the_sampling_is_read() {
    ChatRequest request =
        with(
            HI
                + ",\"temperature\":0.5,\"top_p\":0.9,\"top_k\":40,\"stop_sequences\":[\"a\",\"b\"],"
                + "\"stream\":true,\"assay\":{\"group\":\"g\"}");
    assertThat(request.sampling())
        .isEqualTo(
            new Sampling(
                Optional.of(0.5),
                Optional.of(0.9),
                Optional.of(5L),
                List.of("a", "b"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(40),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(request.streaming()).isEqualTo(Streaming.EVENTS_WITH_USAGE);
    assertThat(unread(request)).isEmpty();
  }

  @Test
  void null_counts_as_absent() {
    ChatRequest request =
        with(
            HI
                + ",\"system\":null,\"temperature\":null,\"stop_sequences\":null,\"stream\":null,"
                + "\"tools\":null,\"tool_choice\":null,\"thinking\":null,\"output_config\":null,"
                + "\"output_format\":null,\"cache_control\":null,\"metadata\":null,"
                + "\"service_tier\":null,\"assay\":null");
    assertThat(request.sampling().temperature()).isEmpty();
    assertThat(unread(request)).isEmpty();
  }

  @Test
  void a_count_needs_no_cap() {
    RequestRead read =
        MessagesRequestReader.readCount(
            Bytes.utf8("{\"model\":\"m\"," + HI + "}"), Map.of(), Optional.empty());
    assertThat(((RequestRead.Valid) read).request().sampling().maxOutputTokens()).isEmpty();
  }

  @Nested
  class Conversations {
    @Test
    void begin_with_the_system_text() {
      assertThat(with("\"system\":\"Be brief.\"," + HI).messages())
          .containsExactly(Message.text(Role.SYSTEM, "Be brief."), Message.text(Role.USER, "hi"));
      assertThat(
              with("\"system\":[{\"type\":\"text\",\"text\":\"a\",\"cache_control\":"
                      + "{\"type\":\"ephemeral\",\"ttl\":\"1h\"}},"
                      + "{\"text\":\"b\",\"type\":\"text\"}],"
                      + HI)
                  .messages()
                  .getFirst())
          .isEqualTo(
              message(Role.SYSTEM, new Part.Text("a"), cachePoint("1h"), new Part.Text("b")));
    }

    @Test
    void may_have_a_later_system_message() {
      assertThat(
              with("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
                      + "{\"role\":\"system\",\"content\":\"now in French\"}]")
                  .messages())
          .containsExactly(
              Message.text(Role.USER, "hi"), Message.text(Role.SYSTEM, "now in French"));
    }

    @Test
    void keep_tool_results_apart_from_what_the_user_says() {
      ChatRequest request =
          with(
              """
              "messages":[
                {"role":"user","content":"go"},
                {"role":"assistant","content":[
                  {"type":"thinking","thinking":"hm","signature":"s1"},
                  {"type":"thinking","thinking":"","signature":""},
                  {"type":"redacted_thinking","data":"d1"},
                  {"type":"text","text":"calling","citations":null},
                  {"type":"tool_use","id":"t1","name":"f","input":{ "a" : 1.0 }},
                  {"type":"tool_use","id":"t2","name":"g","input":{}}]},
                {"role":"user","content":[
                  {"type":"tool_result","tool_use_id":"t1","content":"one",
                   "cache_control":{"type":"ephemeral"}},
                  {"type":"tool_result","tool_use_id":"t2","is_error":true,"content":[
                    {"type":"text","text":"two"},
                    {"type":"image","source":{"type":"url","url":"https://x/y"}}]},
                  {"type":"text","text":"and now?"}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"t3"}]}]
              """);
      assertThat(request.messages())
          .containsExactly(
              Message.text(Role.USER, "go"),
              message(
                  Role.ASSISTANT,
                  new Part.Reasoning("hm", signature(Signature.Kind.SIGNATURE, "s1")),
                  new Part.Reasoning("", Optional.empty()),
                  new Part.Reasoning("", signature(Signature.Kind.ENCRYPTED, "d1")),
                  new Part.Text("calling"),
                  new Part.ToolCall("t1", "f", "{ \"a\" : 1.0 }"),
                  new Part.ToolCall("t2", "g", "{}")),
              message(
                  Role.TOOL,
                  new Part.ToolResult("t1", List.of(new Part.Text("one")), false),
                  cachePoint(""),
                  new Part.ToolResult(
                      "t2",
                      List.of(
                          new Part.Text("two"), new Part.ImageUrl("https://x/y", Optional.empty())),
                      true)),
              Message.text(Role.USER, "and now?"),
              message(Role.TOOL, new Part.ToolResult("t3", List.of(), false)));
      assertThat(unread(request)).isEmpty();
    }

    @Test
    void may_hold_images_and_documents() {
      ChatRequest request =
          with(
              """
              "messages":[{"role":"user","content":[
                {"type":"image","source":{"type":"base64","media_type":"image/png","data":"QUJD"}},
                {"source":{"type":"url","url":"https://x/i"},"type":"image"},
                {"type":"document","source":{"type":"base64","media_type":"application/pdf",
                  "data":"JVBE"},"title":"a.pdf"},
                {"type":"document","source":{"type":"text","media_type":"text/plain",
                  "data":"hé"}},
                {"type":"document","source":{"type":"url","url":"https://x/d"},"title":null}]}]
              """);
      assertThat(request.messages().getFirst().parts())
          .containsExactly(
              new Part.ImageData("image/png", "QUJD", Optional.empty()),
              new Part.ImageUrl("https://x/i", Optional.empty()),
              new Part.DocumentData("application/pdf", "JVBE", Optional.of("a.pdf")),
              new Part.DocumentData("text/plain", "aMOp", Optional.empty()),
              new Part.DocumentUrl("https://x/d", Optional.empty()));
      assertThat(unread(request)).isEmpty();
    }

    @Test
    void bring_the_signatures_of_other_formats_home() {
      ChatRequest request =
          with(
              """
              "messages":[{"role":"assistant","content":[{"type":"thinking","thinking":"x",
                "signature":"assay1.OPENAI_RESPONSES.ENCRYPTED.cnNfMQ.abc.def"}]}]
              """);
      assertThat(request.messages().getFirst().parts())
          .containsExactly(
              new Part.Reasoning(
                  "x",
                  Optional.of(
                      new Signature(
                          WireFormat.OPENAI_RESPONSES,
                          Signature.Kind.ENCRYPTED,
                          "abc.def",
                          Optional.of("rs_1")))));
    }

    @Test
    void keep_what_is_not_understood() {
      String search = "{\"content\":[{\"type\":\"x\"}] , \"type\":\"search_result\"}";
      String file =
          "{\"type\":\"image\",\"source\":{\"type\":\"file\",\"file_id\":\"f\"},\"cache_control\":{\"type\":\"ephemeral\"}}";
      ChatRequest request =
          with("\"messages\":[{\"role\":\"user\",\"content\":[" + search + "," + file + "]}]");
      assertThat(request.messages().getFirst().parts())
          .containsExactly(opaque(search), opaque(file));
      assertThat(unread(request))
          .containsExactly("messages[0].content[0]", "messages[0].content[1]");
    }

    @Test
    void may_be_cached_as_a_whole() {
      assertThat(with(HI + ",\"cache_control\":{\"type\":\"ephemeral\"}").messages())
          .containsExactly(message(Role.USER, new Part.Text("hi"), cachePoint("")));
    }

    private Part opaque(String json) {
      return new Part.Opaque(WireFormat.ANTHROPIC_MESSAGES, Bytes.utf8(json));
    }
  }

  @Nested
  class ToolsOfARequest {
    @Test
    void are_read_with_their_schemas_as_they_came() {
      ChatRequest request =
          with(
              HI
                  + ",\"tools\":[{\"name\":\"f\",\"description\":\"d\",\"strict\":true,"
                  + "\"input_schema\":{ \"type\":\"object\" },"
                  + "\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"5m\"}},"
                  + "{\"type\":\"custom\",\"name\":\"g\",\"input_schema\":{},\"defer_loading\":true},"
                  + "{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":5}]");
      assertThat(request.tools().tools())
          .containsExactly(
              new Tool(
                  "f",
                  Optional.of("d"),
                  Optional.of(Bytes.utf8("{ \"type\":\"object\" }")),
                  Optional.of(true),
                  Optional.of(new CacheHint(Optional.of("5m")))),
              new Tool("g", Optional.empty(), Optional.of(Bytes.utf8("{}")), Optional.empty()));
      assertThat(unread(request)).containsExactly("tools[1].defer_loading", "tools[2]");
    }

    @Test
    void are_chosen_among() {
      assertThat(choice("\"type\":\"auto\""))
          .isEqualTo(tools(new ToolChoice.Auto(), Optional.empty()));
      assertThat(choice("\"type\":\"any\",\"disable_parallel_tool_use\":true"))
          .isEqualTo(tools(new ToolChoice.Required(), Optional.of(false)));
      assertThat(choice("\"type\":\"tool\",\"name\":\"f\",\"disable_parallel_tool_use\":false"))
          .isEqualTo(tools(new ToolChoice.Named("f"), Optional.of(true)));
      assertThat(choice("\"type\":\"none\""))
          .isEqualTo(tools(new ToolChoice.Forbidden(), Optional.empty()));
    }

    private Tools choice(String members) {
      return with(HI + ",\"tool_choice\":{" + members + "}").tools();
    }

    private Tools tools(ToolChoice choice, Optional<Boolean> parallel) {
      return new Tools(List.of(), Optional.of(choice), parallel);
    }
  }

  @Nested
  class Output {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2048} |  | 2048",
          "\"thinking\":{\"type\":\"disabled\"} |  | 0",
          "\"thinking\":{\"type\":\"adaptive\"} |  |",
          "\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"max\"} | max |",
          "\"output_config\":{\"effort\":\"low\"} | low |"
        })
    void may_be_reasoned_for(String members, String effort, Long budget) {
      assertThat(with(HI + "," + members).reasoning())
          .isEqualTo(
              new ReasoningSetting(Optional.ofNullable(effort), Optional.ofNullable(budget)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"output_config\":{\"format\":%s}", "\"output_format\":%s"})
    void may_have_a_schema(String member) {
      String format = "{\"type\":\"json_schema\",\"schema\":{ \"type\":\"object\" }}";
      assertThat(with(HI + "," + member.formatted(format)).format())
          .isEqualTo(
              new ResponseFormat.JsonSchema(
                  "response", Bytes.utf8("{ \"type\":\"object\" }"), Optional.of(true)));
    }
  }

  @Test
  void what_has_no_canonical_form_is_noted() {
    ChatRequest request =
        with(
            "\"messages\":[{\"role\":\"user\",\"id\":\"x\",\"content\":[{\"type\":\"text\","
                + "\"text\":\"hi\",\"citations\":[1]},{\"type\":\"document\",\"source\":"
                + "{\"type\":\"url\",\"url\":\"u\"},\"citations\":{\"enabled\":true},"
                + "\"context\":\"c\"}]}],"
                + "\"metadata\":{\"user_id\":\"u\"},\"service_tier\":\"auto\",\"container\":\"c\","
                + "\"mcp_servers\":[{}],\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"},"
                + "\"cache_control\":{\"type\":\"ephemeral\",\"scope\":\"x\"},"
                + "\"output_config\":{\"task_budget\":{\"x\":1}},\"tool_choice\":{\"type\":\"auto\",\"y\":1}");
    assertThat(unread(request))
        .containsExactly(
            "messages[0].id",
            "messages[0].content[0].citations",
            "messages[0].content[1].citations.enabled",
            "messages[0].content[1].context",
            "metadata",
            "service_tier",
            "container",
            "mcp_servers",
            "thinking.display",
            "cache_control.scope",
            "output_config.task_budget",
            "tool_choice.y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | max_tokens"
            + " | max_tokens is missing: give the greatest number of tokens to generate.",
        "{\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | model"
            + " | model is missing: give the name of a model.",
        "{\"model\":\"m\",\"max_tokens\":1} | messages"
            + " | messages is missing: give at least one message.",
        "{\"messages\":[]} | messages | messages must have at least one message.",
        "{\"messages\":[{\"content\":\"x\"}]} | messages[0].role"
            + " | messages[0].role is missing: give \"user\", \"assistant\" or \"system\".",
        "{\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]} | messages[0].role"
            + " | messages[0].role must be \"user\", \"assistant\" or \"system\".",
        "{\"messages\":[{\"role\":\"user\"}]} | messages[0].content"
            + " | messages[0].content is missing: give a string or an array of blocks.",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}]}"
            + " | messages[0].content[0].type"
            + " | messages[0].content[0].type is missing: give one such as \"text\".",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]}"
            + " | messages[0].content[0].text"
            + " | messages[0].content[0].text is missing in a block of type \"text\".",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":"
            + "{\"type\":\"base64\",\"data\":\"x\"}}]}]} | messages[0].content[0].source.media_type"
            + " | messages[0].content[0].source.media_type is missing in the source.",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\","
            + "\"name\":\"f\",\"input\":\"x\"}]}]} | messages[0].content[0].input"
            + " | messages[0].content[0].input must be an object, not a string.",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\","
            + "\"name\":\"f\",\"input\":{}}]}]} | messages[0].content"
            + " | messages[0].content must have its tool calls in a message of \"assistant\".",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_result\","
            + "\"tool_use_id\":\"a\"}]}]} | messages[0].content"
            + " | messages[0].content must have its tool results in a message of \"user\".",
        "{\"max_tokens\":-1} | max_tokens | max_tokens must be at least 0.",
        "{\"max_tokens\":\"9\"} | max_tokens | max_tokens must be a whole number, not a string.",
        "{\"temperature\":1.5} | temperature"
            + " | temperature must be a number of between 0.0 and 1.0.",
        "{\"stop_sequences\":\"x\"} | stop_sequences"
            + " | stop_sequences must be an array, not a string.",
        "{\"system\":7} | system | system must be a string or an array of blocks, not a number.",
        "{\"tools\":[{\"name\":\"f\"}]} | tools[0].input_schema"
            + " | tools[0].input_schema is missing: give a JSON Schema.",
        "{\"tools\":[{\"input_schema\":{}}]} | tools[0].name"
            + " | tools[0].name must be a string that is not blank.",
        "{\"tool_choice\":\"auto\"} | tool_choice | tool_choice must be an object, not a string.",
        "{\"tool_choice\":{\"type\":\"tool\"}} | tool_choice.name"
            + " | tool_choice.name is missing: give the name of a tool.",
        "{\"thinking\":{\"type\":\"enabled\"}} | thinking.budget_tokens"
            + " | thinking.budget_tokens is missing: give the greatest number of thinking tokens.",
        "{\"thinking\":{\"type\":\"on\"}} | thinking.type"
            + " | thinking.type must be \"adaptive\", \"enabled\" or \"disabled\".",
        "{\"output_config\":{\"format\":{\"type\":\"xml\"}}} | output_config.format.type"
            + " | output_config.format.type must be \"json_schema\".",
        "{\"cache_control\":{\"type\":\"x\"}} | cache_control.type"
            + " | cache_control.type must be \"ephemeral\".",
        "{\"metadata\":\"x\"} | metadata | metadata must be an object, not a string.",
        "{\"stream\":\"yes\"} | stream | stream must be a boolean, not a string.",
        "{\"model\":\"a\",\"model\":\"b\"} | model | model occurs twice: leave one out."
      })
  void a_field_at_fault_is_named(String body, String field, String sentence) {
    RequestRead.Invalid invalid = (RequestRead.Invalid) reading(body);
    assertThat(invalid.message()).isEqualTo(sentence);
    assertThat(invalid.field()).contains(field);
    assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"model\":", "{} {}", "nonsense"})
  void what_is_no_object_is_refused(String body) {
    RequestRead.Invalid invalid = (RequestRead.Invalid) reading(body);
    assertThat(invalid.message()).startsWith("The body ");
    assertThat(invalid.field()).isEmpty();
  }

  @Test
  void deep_nesting_is_refused_and_not_followed() {
    String deep =
        "{\"messages\":[{\"role\":\"user\",\"content\":"
            + "[{\"type\":\"tool_result\",\"tool_use_id\":\"a\",\"content\":".repeat(5_000);
    assertThat(reading(deep)).isInstanceOf(RequestRead.Invalid.class);
  }
}
