package dev.assay.wire.openai;

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
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.json.Splice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestReaderTest {
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

  private static RequestRead.Valid valid(String body) {
    RequestRead read = ChatRequestReader.read(Bytes.utf8(body), Map.of(), Optional.empty());
    assertThat(read).isInstanceOf(RequestRead.Valid.class);
    return (RequestRead.Valid) read;
  }

  /** A request with these members beside a model and a message. */
  private static ChatRequest with(String members) {
    return valid("{\"model\":\"m\"," + MESSAGES + "," + members + "}").request();
  }

  private static Message message(String json) {
    List<Message> messages =
        valid("{\"model\":\"m\",\"messages\":[" + json + "]}").request().messages();
    assertThat(messages).hasSize(1);
    return messages.getFirst();
  }

  private static Part.Opaque opaque(String json) {
    return new Part.Opaque(WireFormat.OPENAI_CHAT, Bytes.utf8(json));
  }

  @Test
  void a_small_request_has_the_defaults() {
    ChatRequest request = valid("{\"model\":\"m\"," + MESSAGES + "}").request();
    assertThat(request.wire()).isPresent();
    assertThat(request)
        .usingRecursiveComparison()
        .ignoringFields("wire")
        .isEqualTo(ChatRequest.of("m", "hi"));
  }

  @Nested
  class TheWireForm {
    @Test
    void is_the_body_as_it_came_with_the_places_of_its_members() {
      String body = " {\"model\" : \"m\", " + MESSAGES + ", \"unknown\": [1, 2.50] }\n";
      RequestRead read =
          ChatRequestReader.read(Bytes.utf8(body), Map.of("openai-beta", "x"), Optional.of("a=b"));
      Wire wire = ((RequestRead.Valid) read).request().wire().orElseThrow();
      assertThat(wire.format()).isEqualTo(WireFormat.OPENAI_CHAT);
      assertThat(wire.body().utf8()).isEqualTo(body);
      assertThat(wire.headers()).containsExactly(Map.entry("openai-beta", "x"));
      assertThat(wire.query()).contains("a=b");
      assertThat(wire.members()).containsOnlyKeys("model", "messages", "unknown");
      assertThat(new Splice(wire.body(), wire.members()).set("model", "gpt").apply().utf8())
          .isEqualTo(body.replace("\"m\"", "\"gpt\""));
    }

    @Test
    void may_be_a_slice() {
      Bytes body = Bytes.utf8("xx{\"model\":\"m\"," + MESSAGES + "}");
      RequestRead read =
          ChatRequestReader.read(body.slice(2, body.length()), Map.of(), Optional.empty());
      Wire wire = ((RequestRead.Valid) read).request().wire().orElseThrow();
      assertThat(wire.members().get("model").value().start()).isEqualTo(9);
    }
  }

  @Nested
  class Messages {
    @ParameterizedTest
    @CsvSource({"system, SYSTEM", "developer, SYSTEM", "user, USER", "assistant, ASSISTANT"})
    void have_a_role(String word, Role role) {
      assertThat(message("{\"content\":\"hi\",\"role\":\"" + word + "\",\"name\":\"Ann\"}"))
          .isEqualTo(new Message(role, List.of(new Part.Text("hi")), Optional.of("Ann")));
    }

    @Test
    void may_have_parts() {
      String audio = "{ \"type\": \"input_audio\", \"input_audio\": {\"data\": \"A\"} }";
      Message message =
          message(
              "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                  + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x/y.png\",\"detail\":\"low\"}},"
                  + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,QUJD\"}},"
                  + "{\"type\":\"image_url\",\"image_url\":\"https://x/z.png\"},"
                  + audio
                  + ",{\"text\":\"b\",\"type\":\"text\"}]}");
      assertThat(message.parts())
          .containsExactly(
              new Part.Text("a"),
              new Part.ImageUrl("https://x/y.png", Optional.of("low")),
              new Part.ImageData("image/png", "QUJD", Optional.empty()),
              new Part.ImageUrl("https://x/z.png", Optional.empty()),
              opaque(audio),
              new Part.Text("b"));
    }

    @Test
    void of_the_assistant_may_call_tools_reason_and_refuse() {
      Message message =
          message(
              "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"no\",\"reasoning_content\":\"hm\","
                  + "\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":"
                  + "{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}},"
                  + "{\"id\":\"c2\",\"type\":\"custom\",\"custom\":{\"name\":\"g\"}}]}");
      assertThat(message.parts())
          .containsExactly(
              new Part.Reasoning("hm", Optional.empty()),
              new Part.Refusal("no"),
              new Part.ToolCall("c1", "f", "{\"a\":1}"),
              opaque("{\"id\":\"c2\",\"type\":\"custom\",\"custom\":{\"name\":\"g\"}}"));
    }

    @Test
    void of_a_tool_give_its_result() {
      assertThat(message("{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"42\"}").parts())
          .containsExactly(new Part.ToolResult("c1", List.of(new Part.Text("42")), false));
    }

    @Test
    void may_use_the_older_form_of_functions() {
      assertThat(
              message(
                      "{\"role\":\"assistant\",\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}}")
                  .parts())
          .containsExactly(new Part.ToolCall("f", "f", "{}"));
      assertThat(message("{\"role\":\"function\",\"name\":\"f\",\"content\":\"42\"}").parts())
          .containsExactly(new Part.ToolResult("f", List.of(new Part.Text("42")), false));
    }

    @Test
    void may_hold_any_text() {
      String text = "tab\\t quote\\\" \\u00e9 \\ud83d\\ude42 lone \\ud800 ü🙂";
      assertThat(message("{\"role\":\"user\",\"content\":\"" + text + "\"}").text())
          .isEqualTo("tab\t quote\" é 🙂 lone \ud800 ü🙂");
    }
  }

  @Nested
  class Settings {
    @Test
    void of_the_sampling_are_read() {
      assertThat(
              with("\"temperature\":0.5,\"top_p\":1,\"max_tokens\":100,\"stop\":[\"a\",\"b\"],"
                      + "\"seed\":-7,\"n\":2")
                  .sampling())
          .isEqualTo(
              new Sampling(
                  Optional.of(0.5),
                  Optional.of(1.0),
                  Optional.of(100L),
                  List.of("a", "b"),
                  Optional.of(-7L),
                  Optional.of(2)));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "\"max_tokens\":7                               | 7",
          "\"max_completion_tokens\":8,\"max_tokens\":7   | 8",
          "\"max_tokens\":7.0                             | 7",
          "\"max_tokens\":-1                              | ",
          "\"max_tokens\":null                            | ",
        })
    void of_the_output_cap_may_have_two_names(String members, Long cap) {
      assertThat(with(members).sampling().maxOutputTokens()).isEqualTo(Optional.ofNullable(cap));
    }

    @Test
    void that_are_null_count_as_absent() {
      ChatRequest request =
          with(
              "\"temperature\":null,\"top_p\":null,\"max_tokens\":null,\"max_completion_tokens\":null,"
                  + "\"stop\":null,\"seed\":null,\"n\":null,\"tools\":null,\"tool_choice\":null,"
                  + "\"parallel_tool_calls\":null,\"response_format\":null,\"reasoning_effort\":null,"
                  + "\"stream\":null,\"stream_options\":null,\"user\":null,\"metadata\":null");
      assertThat(request)
          .usingRecursiveComparison()
          .ignoringFields("wire")
          .isEqualTo(ChatRequest.of("m", "hi"));
    }

    @Test
    void that_are_not_known_are_passed_over() {
      assertThat(
              with("\"temperatur\":\"hot\",\"logit_bias\":{\"1\":[{}]},\"x\":[[],{}]").sampling())
          .isEqualTo(Sampling.DEFAULT);
    }

    @Test
    void of_a_seed_beyond_64_bits_are_left_to_the_provider() {
      assertThat(with("\"seed\":18446744073709551616").sampling().seed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "\"stream\":false                                                   | NONE",
          "\"stream\":true                                                    | EVENTS",
          "\"stream\":true,\"stream_options\":{\"include_usage\":false}       | EVENTS",
          "\"stream_options\":{\"x\":1,\"include_usage\":true},\"stream\":true | EVENTS_WITH_USAGE",
        })
    void of_the_stream_are_read(String members, Streaming streaming) {
      assertThat(with(members).streaming()).isEqualTo(streaming);
    }

    @Test
    void of_the_reasoning_are_read() {
      assertThat(with("\"reasoning_effort\":\"high\"").reasoning())
          .isEqualTo(new ReasoningSetting(Optional.of("high"), Optional.empty()));
    }
  }

  @Nested
  class TheTools {
    @Test
    void are_read_with_their_schemas_as_they_came() {
      Tools tools =
          with("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\","
                  + "\"parameters\":{ \"type\": \"object\" },\"strict\":true}},"
                  + "{\"type\":\"web_search\",\"x\":1},"
                  + "{\"function\":{\"name\":\"g\"},\"type\":\"function\"}],"
                  + "\"tool_choice\":\"required\",\"parallel_tool_calls\":false")
              .tools();
      assertThat(tools.tools())
          .containsExactly(
              new Tool(
                  "f",
                  Optional.of("d"),
                  Optional.of(Bytes.utf8("{ \"type\": \"object\" }")),
                  Optional.of(true)),
              new Tool("g", Optional.empty(), Optional.empty(), Optional.empty()));
      assertThat(tools.choice()).contains(new ToolChoice.Required());
      assertThat(tools.parallel()).contains(false);
    }

    @Test
    void may_be_chosen_in_every_way() {
      assertThat(with("\"tool_choice\":\"auto\"").tools().choice()).contains(new ToolChoice.Auto());
      assertThat(with("\"tool_choice\":\"none\"").tools().choice())
          .contains(new ToolChoice.Forbidden());
      assertThat(
              with("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}")
                  .tools()
                  .choice())
          .contains(new ToolChoice.Named("f"));
      assertThat(with("\"tool_choice\":{\"type\":\"allowed_tools\"}").tools().choice()).isEmpty();
    }
  }

  @Nested
  class TheResponseFormat {
    @Test
    void may_be_a_schema() {
      assertThat(
              with("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                      + "{\"name\":\"n\",\"strict\":true,\"schema\":{\"a\": 1}}}")
                  .format())
          .isEqualTo(
              new ResponseFormat.JsonSchema("n", Bytes.utf8("{\"a\": 1}"), Optional.of(true)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "grammar"})
    void of_another_type_is_text(String type) {
      assertThat(with("\"response_format\":{\"type\":\"" + type + "\"}").format())
          .isEqualTo(new ResponseFormat.Text());
    }

    @Test
    void may_be_any_object() {
      assertThat(with("\"response_format\":{\"type\":\"json_object\"}").format())
          .isEqualTo(new ResponseFormat.JsonObject());
    }
  }

  @Nested
  class WhatIsNotUnderstood {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "\"logit_bias\":{\"1\":2}                                  | logit_bias",
          "\"user\":\"u\"                                            | user",
          "\"safety_identifier\":\"u\"                               | safety_identifier",
          "\"metadata\":{\"a\":\"b\"}                              | metadata",
          "\"store\":true                                              | store",
          "\"service_tier\":\"flex\"                                 | service_tier",
          "\"audio\":{\"voice\":\"x\"}                             | audio",
          "\"temperatur\":1                                            | temperatur",
          "\"stream\":true,\"stream_options\":{\"include_obfuscation\":false} | stream_options.include_obfuscation",
          "\"top_logprobs\":2                                          | top_logprobs",
          "\"tool_choice\":{\"type\":\"allowed_tools\",\"x\":{}} | tool_choice",
          "\"tool_choice\":\"maybe\"                                 | tool_choice",
          "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"x\":1},\"y\":[2]},{\"z\":1,\"type\":\"web_search\"}] | tools[0].function.x tools[0].y tools[1]",
          "\"response_format\":{\"type\":\"grammar\"}              | response_format",
          "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"description\":\"d\"}} | response_format.json_schema.description",
          "\"reasoning\":{\"effort\":\"low\",\"exclude\":true}   | reasoning.exclude",
        })
    void is_told_by_its_path(String members, String paths) {
      assertThat(with(members).wire().orElseThrow().unread()).containsExactly(paths.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\",\"input_audio\":{}}]} | messages[0].content[0]",
          "{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}]} | messages[0].content[0].file.file_id",
          "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"x\":1}]} | messages[0].content[0].x",
          "{\"role\":\"user\",\"content\":\"a\",\"weight\":1} | messages[0].weight",
          "{\"role\":\"assistant\",\"content\":\"a\",\"audio\":{\"id\":\"x\"}} | messages[0].audio",
          "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"custom\",\"custom\":{\"name\":\"g\"}}]} | messages[0].tool_calls[0]",
          "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\"},\"x\":1}]} | messages[0].tool_calls[0].x",
        })
    void in_a_message_is_told_by_its_path(String message, String path) {
      RequestRead.Valid read = valid("{\"model\":\"m\",\"messages\":[" + message + "]}");
      assertThat(read.request().wire().orElseThrow().unread()).containsExactly(path);
    }

    @Test
    void but_says_nothing_is_not_told() {
      ChatRequest request =
          valid(
                  "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"content\":\"a\","
                      + "\"annotations\":[],\"audio\":null,\"function_call\":null}],\"logprobs\":false,\"n\":1,"
                      + "\"store\":false,\"service_tier\":\"auto\",\"logit_bias\":{},\"user\":null,"
                      + "\"metadata\":null,\"assay\":{\"group\":\"g\"},\"tools\":[]}")
              .request();
      assertThat(request.wire().orElseThrow().unread()).isEmpty();
    }
  }

  @Nested
  class WhatOtherVendorsAdded {
    private static Signature signature(WireFormat format, Signature.Kind kind, String value) {
      return new Signature(format, kind, value, Optional.empty());
    }

    @Test
    void are_rarer_wishes() {
      Sampling sampling =
          with("\"top_k\":40,\"presence_penalty\":-2,\"frequency_penalty\":0.5,\"logprobs\":true,\"top_logprobs\":3")
              .sampling();
      assertThat(sampling.topK()).contains(40);
      assertThat(sampling.presencePenalty()).contains(-2.0);
      assertThat(sampling.frequencyPenalty()).contains(0.5);
      assertThat(sampling.logprobs()).contains(3);
      assertThat(with("\"logprobs\":true").sampling().logprobs()).contains(0);
      assertThat(with("\"logprobs\":false,\"top_k\":-1").sampling()).isEqualTo(Sampling.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{\"effort\":\"xhigh\"}                    | xhigh  | ",
          "{\"max_tokens\":2000}                       |        | 2000",
          "{\"enabled\":true}                          | medium | ",
          "{\"enabled\":true,\"max_tokens\":9}       |        | 9",
          "{\"enabled\":false}                         |        | 0",
          "null                                          |        | ",
        })
    void is_the_reasoning(String reasoning, String effort, Long budget) {
      assertThat(with("\"reasoning\":" + reasoning).reasoning())
          .isEqualTo(
              new ReasoningSetting(Optional.ofNullable(effort), Optional.ofNullable(budget)));
    }

    @Test
    void are_files() {
      assertThat(
              message(
                      "{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":"
                          + "\"data:application/pdf;base64,QUJD\"}},{\"type\":\"file\",\"file\":{\"file_data\":\"https://x/b.pdf\"}}]}")
                  .parts())
          .containsExactly(
              new Part.DocumentData("application/pdf", "QUJD", Optional.of("a.pdf")),
              new Part.DocumentUrl("https://x/b.pdf", Optional.empty()));
    }

    @Test
    void are_cache_points() {
      assertThat(
              message(
                      "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}},"
                          + "{\"type\":\"text\",\"text\":\"b\"}],\"cache_control\":{\"type\":\"ephemeral\"}}")
                  .parts())
          .containsExactly(
              new Part.Text("a"),
              new Part.CachePoint(new CacheHint(Optional.of("1h"))),
              new Part.Text("b"),
              new Part.CachePoint(new CacheHint(Optional.empty())));
      assertThat(
              message(
                      "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"cache_control\":{\"type\":\"ephemeral\"}}]}")
                  .parts())
          .containsExactly(
              new Part.ToolResult("c", List.of(new Part.Text("a")), false),
              new Part.CachePoint(new CacheHint(Optional.empty())));
      assertThat(
              with("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"},\"cache_control\":{\"type\":\"ephemeral\"}}]")
                  .tools()
                  .tools()
                  .getFirst()
                  .cache())
          .contains(new CacheHint(Optional.empty()));
    }

    @Test
    void are_signatures_of_reasoning() {
      assertThat(
              message(
                      "{\"role\":\"assistant\",\"reasoning\":\"hm\",\"content\":\"42\",\"reasoning_details\":["
                          + "{\"type\":\"reasoning.text\",\"text\":\"hm\",\"signature\":\"s\",\"format\":\"anthropic-claude-v1\",\"index\":0},"
                          + "{\"type\":\"reasoning.encrypted\",\"data\":\"assay1.ANTHROPIC_MESSAGES.ENCRYPTED..abc\",\"index\":1},"
                          + "{\"type\":\"reasoning.encrypted\",\"data\":\"x\"}]}")
                  .parts())
          .containsExactly(
              new Part.Reasoning(
                  "hm",
                  Optional.of(
                      signature(WireFormat.ANTHROPIC_MESSAGES, Signature.Kind.SIGNATURE, "s"))),
              new Part.Reasoning(
                  "",
                  Optional.of(
                      signature(WireFormat.ANTHROPIC_MESSAGES, Signature.Kind.ENCRYPTED, "abc"))),
              new Part.Reasoning(
                  "",
                  Optional.of(signature(WireFormat.OPENAI_CHAT, Signature.Kind.ENCRYPTED, "x"))),
              new Part.Text("42"));
    }
  }
}
