package dev.assay.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Role;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Signature;
import dev.assay.core.request.Streaming;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.format.SignatureText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesRequestReaderTest {
  private static RequestRead read(String body) {
    return ResponsesRequestReader.read(Bytes.utf8(body), Map.of(), Optional.empty());
  }

  private static ChatRequest valid(String body) {
    RequestRead read = read(body);
    assertThat(read).isInstanceOf(RequestRead.Valid.class);
    return ((RequestRead.Valid) read).request();
  }

  /** A request with these members beside a model and an input. */
  private static ChatRequest with(String members) {
    return valid("{\"model\":\"m\",\"input\":\"hi\"," + members + "}");
  }

  private static List<Message> items(String json) {
    return valid("{\"model\":\"m\",\"input\":[" + json + "]}").messages();
  }

  private static List<Part> parts(String content) {
    List<Message> messages = items("{\"role\":\"user\",\"content\":" + content + "}");
    assertThat(messages).hasSize(1);
    return messages.getFirst().parts();
  }

  private static List<String> unread(ChatRequest request) {
    return request.wire().map(Wire::unread).orElseThrow();
  }

  private static Message message(Role role, Part... parts) {
    return new Message(role, List.of(parts), Optional.empty());
  }

  private static Part.Text text(String text) {
    return new Part.Text(text);
  }

  @Test
  void a_small_request_has_the_defaults() {
    ChatRequest request = valid("{\"model\":\"m\",\"input\":\"hi\"}");
    assertThat(request)
        .usingRecursiveComparison()
        .ignoringFields("wire")
        .isEqualTo(ChatRequest.of("m", "hi"));
    assertThat(request.wire().orElseThrow().format()).isEqualTo(WireFormat.OPENAI_RESPONSES);
    assertThat(unread(request)).isEmpty();
  }

  @Nested
  class Input {
    @Test
    void roles_have_their_meaning_and_instructions_come_first() {
      ChatRequest request =
          valid(
              "{\"input\":[{\"role\":\"user\",\"content\":\"a\"},"
                  + "{\"type\":\"message\",\"role\":\"developer\",\"content\":\"b\"},"
                  + "{\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"c\","
                  + "\"annotations\":[],\"logprobs\":[]},{\"type\":\"refusal\",\"refusal\":\"d\"}],"
                  + "\"id\":\"msg_1\",\"status\":\"completed\",\"type\":\"message\"},"
                  + "{\"role\":\"system\",\"content\":[{\"type\":\"input_text\",\"text\":\"e\"}]}],"
                  + "\"instructions\":\"first\",\"model\":\"m\"}");
      assertThat(request.messages())
          .containsExactly(
              message(Role.SYSTEM, text("first")),
              message(Role.USER, text("a")),
              message(Role.SYSTEM, text("b")),
              message(Role.ASSISTANT, text("c"), new Part.Refusal("d")),
              message(Role.SYSTEM, text("e")));
      assertThat(unread(request)).isEmpty();
      assertThat(ResponsesRequest.instructed(request)).isTrue();
    }

    @Test
    void what_the_model_said_in_a_row_is_one_message_and_so_are_results() {
      assertThat(
              items(
                  "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\","
                      + "\"text\":\"hm\"},{\"type\":\"summary_text\",\"text\":\"so\"}],"
                      + "\"encrypted_content\":\"gAAA\"},"
                      + "{\"role\":\"assistant\",\"content\":\"a\"},"
                      + "{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"c1\","
                      + "\"name\":\"f\",\"arguments\":\"{}\",\"status\":\"completed\"},"
                      + "{\"type\":\"function_call\",\"call_id\":\"c2\",\"name\":\"g\","
                      + "\"arguments\":\"\"},"
                      + "{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"1\"},"
                      + "{\"type\":\"function_call_output\",\"call_id\":\"c2\",\"output\":["
                      + "{\"type\":\"input_text\",\"text\":\"2\"},"
                      + "{\"type\":\"input_image\",\"image_url\":\"https://x/y\"}]}"))
          .containsExactly(
              message(
                  Role.ASSISTANT,
                  new Part.Reasoning(
                      "hm\n\nso",
                      Optional.of(
                          new Signature(
                              WireFormat.OPENAI_RESPONSES,
                              Signature.Kind.ENCRYPTED,
                              "gAAA",
                              Optional.of("rs_1")))),
                  text("a"),
                  new Part.ToolCall("c1", "f", "{}"),
                  new Part.ToolCall("c2", "g", "")),
              message(
                  Role.TOOL,
                  new Part.ToolResult("c1", List.of(text("1")), false),
                  new Part.ToolResult(
                      "c2",
                      List.of(text("2"), new Part.ImageUrl("https://x/y", Optional.empty())),
                      false)));
    }

    @Test
    void a_foreign_signature_finds_its_way_back() {
      Signature foreign =
          new Signature(
              WireFormat.ANTHROPIC_MESSAGES, Signature.Kind.SIGNATURE, "a+b/c==", Optional.empty());
      assertThat(
              items(
                  "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":\""
                      + SignatureText.write(foreign, WireFormat.OPENAI_RESPONSES)
                      + "\"}"))
          .containsExactly(message(Role.ASSISTANT, new Part.Reasoning("", Optional.of(foreign))));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\u0000',
        value = {
          "{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,QUJD\",\"detail\":\"low\"}"
              + "|ImageData[mediaType=image/png, base64=QUJD, detail=Optional[low]]",
          "{\"type\":\"input_image\",\"image_url\":\"https://x\"}"
              + "|ImageUrl[url=https://x, detail=Optional.empty]",
          "{\"type\":\"input_file\",\"file_url\":\"https://x\"}"
              + "|DocumentUrl[url=https://x, name=Optional.empty]",
          "{\"file_data\":\"data:application/pdf;base64,QQ==\",\"filename\":\"a.pdf\","
              + "\"type\":\"input_file\"}"
              + "|DocumentData[mediaType=application/pdf, base64=QQ==, name=Optional[a.pdf]]",
          "{\"type\":\"input_file\",\"file_data\":\"QQ==\",\"filename\":\"a.txt\"}"
              + "|DocumentData[mediaType=text/plain, base64=QQ==, name=Optional[a.txt]]",
        })
    void images_and_files_are_read(String json, String part) {
      assertThat(parts("[" + json + "]")).hasToString("[" + part + "]");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\u0000',
        value = {
          "{\"type\":\"item_reference\",\"id\":\"msg_1\"}|ASSISTANT|input[0]",
          "{\"type\":\"web_search_call\",\"action\":{}}|ASSISTANT|input[0]",
          "{\"type\":\"computer_call_output\",\"output\":{\"x\":1}}|TOOL|input[0]",
        })
    void an_item_of_another_type_is_kept_as_it_is(String json, Role role, String path) {
      ChatRequest request = valid("{\"model\":\"m\",\"input\":[" + json + "]}");
      assertThat(request.messages())
          .containsExactly(
              message(role, new Part.Opaque(WireFormat.OPENAI_RESPONSES, Bytes.utf8(json))));
      assertThat(unread(request)).containsExactly(path);
    }

    @Test
    void a_part_that_only_the_provider_has_is_kept_as_it_is() {
      String file = "{\"type\":\"input_file\",\"file_id\":\"file-1\"}";
      ChatRequest request =
          valid(
              "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":["
                  + "{\"type\":\"input_text\",\"text\":\"a\"},"
                  + file
                  + "]}]}");
      assertThat(request.messages().getFirst().parts())
          .containsExactly(
              text("a"), new Part.Opaque(WireFormat.OPENAI_RESPONSES, Bytes.utf8(file)));
      assertThat(unread(request)).containsExactly("input[0].content[1]");
    }

    @Test
    void may_be_missing_when_it_stands_with_the_provider() {
      ChatRequest request = valid("{\"model\":\"m\",\"previous_response_id\":\"resp_1\"}");
      assertThat(request.messages()).containsExactly(message(Role.USER));
    }
  }

  @Nested
  class Settings {
    @Test
    void sampling_and_streaming_are_read() {
      ChatRequest request =
          with(
              "\"temperature\":0.5,\"top_p\":0.9,\"max_output_tokens\":50,\"stream\":true,"
                  + "\"top_logprobs\":3,\"include\":[\"message.output_text.logprobs\"],"
                  + "\"stream_options\":{\"include_obfuscation\":false}");
      assertThat(request.sampling())
          .isEqualTo(
              new Sampling(
                  Optional.of(0.5),
                  Optional.of(0.9),
                  Optional.of(50L),
                  List.of(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(3)));
      assertThat(request.streaming()).isEqualTo(Streaming.EVENTS_WITH_USAGE);
      assertThat(unread(request)).isEmpty();
    }

    @Test
    void functions_are_flat_and_other_tools_stay_unread() {
      ChatRequest request =
          with(
              "\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"description\":\"d\","
                  + "\"parameters\":{\"type\": \"object\"},\"strict\":true},"
                  + "{\"type\":\"web_search\"},{\"name\":\"g\",\"type\":\"function\","
                  + "\"parameters\":null}],\"tool_choice\":{\"type\":\"function\",\"name\":\"f\"},"
                  + "\"parallel_tool_calls\":false");
      assertThat(request.tools().tools())
          .containsExactly(
              new Tool(
                  "f",
                  Optional.of("d"),
                  Optional.of(Bytes.utf8("{\"type\": \"object\"}")),
                  Optional.of(true)),
              new Tool("g", Optional.empty(), Optional.empty(), Optional.empty()));
      assertThat(request.tools().choice()).contains(new ToolChoice.Named("f"));
      assertThat(request.tools().parallel()).contains(false);
      assertThat(unread(request)).containsExactly("tools[1]");
    }

    @ParameterizedTest
    @CsvSource({"auto,Auto[]", "none,Forbidden[]", "required,Required[]"})
    void a_choice_may_be_a_word(String word, String choice) {
      assertThat(with("\"tool_choice\":\"" + word + "\"").tools().choice().orElseThrow())
          .hasToString(choice);
    }

    @Test
    void the_format_stands_under_text() {
      assertThat(
              with("\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"strict\":true,"
                      + "\"schema\":{\"a\": 1}}}")
                  .format())
          .isEqualTo(
              new ResponseFormat.JsonSchema("n", Bytes.utf8("{\"a\": 1}"), Optional.of(true)));
      assertThat(with("\"text\":{\"format\":{\"type\":\"json_object\"}}").format())
          .isEqualTo(new ResponseFormat.JsonObject());
      assertThat(with("\"text\":{\"format\":{\"type\":\"text\"}}").format())
          .isEqualTo(new ResponseFormat.Text());
    }

    @Test
    void the_effort_is_read() {
      assertThat(with("\"reasoning\":{\"effort\":\"high\"}").reasoning().effort()).contains("high");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"store\":false",
          "\"previous_response_id\":\"resp_1\"",
          "\"include\":[\"reasoning.encrypted_content\"]",
          "\"metadata\":{\"a\":\"b\"}",
          "\"assay\":{\"group\":\"g\"}",
          "\"truncation\":\"disabled\"",
          "\"background\":false",
          "\"service_tier\":null",
          "\"text\":null,\"tools\":null,\"reasoning\":null,\"tool_choice\":null",
        })
    void what_is_known_here_is_not_unread(String members) {
      assertThat(unread(with(members))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\u0000',
        value = {
          "\"background\":true|background",
          "\"conversation\":\"conv_1\"|conversation",
          "\"truncation\":\"auto\"|truncation",
          "\"text\":{\"verbosity\":\"low\"}|text.verbosity",
          "\"reasoning\":{\"summary\":\"auto\"}|reasoning.summary",
          "\"tool_choice\":{\"type\":\"allowed_tools\",\"tools\":[]}|tool_choice",
          "\"user\":\"ann\"|user",
          "\"x\":[1]|x",
        })
    void what_the_canonical_request_does_not_have_is_unread(String members, String path) {
      assertThat(unread(with(members))).containsExactly(path);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "{\"input\":\"hi\"}|model",
        "{\"model\":\"\",\"input\":\"hi\"}|model",
        "{\"model\":\"m\"}|input",
        "{\"model\":\"m\",\"input\":[]}|input",
        "{\"model\":\"m\",\"input\":7}|input",
        "{\"model\":\"m\",\"input\":[\"hi\"]}|input[0]",
        "{\"model\":\"m\",\"input\":[{\"role\":\"cook\",\"content\":\"hi\"}]}|input[0].role",
        "{\"model\":\"m\",\"input\":[{\"role\":\"user\"}]}|input[0].content",
        "{\"model\":\"m\",\"input\":[{\"content\":\"hi\"}]}|input[0].role",
        "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\"}]}]}"
            + "|input[0].content[0].type",
        "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\"}]}]}"
            + "|input[0].content[0].text",
        "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\"}]}]}"
            + "|input[0].content[0].image_url",
        "{\"model\":\"m\",\"input\":[{\"type\":\"function_call\",\"call_id\":\"c\"}]}"
            + "|input[0].name",
        "{\"model\":\"m\",\"input\":[{\"type\":\"function_call\",\"name\":\"f\"}]}"
            + "|input[0].call_id",
        "{\"model\":\"m\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c\"}]}"
            + "|input[0].output",
        "{\"model\":\"m\",\"input\":\"hi\",\"temperature\":\"warm\"}|temperature",
        "{\"model\":\"m\",\"input\":\"hi\",\"tools\":[{\"type\":\"function\"}]}|tools[0].name",
        "{\"model\":\"m\",\"input\":\"hi\",\"tools\":[{\"name\":\"f\"}]}|tools[0].type",
        "{\"model\":\"m\",\"input\":\"hi\",\"text\":{\"format\":{\"type\":\"json_schema\"}}}"
            + "|text.format.schema",
        "{\"model\":\"m\",\"input\":\"hi\",\"input\":\"ho\"}|input",
        "{\"model\":\"m\",\"input\":\"hi\",\"include\":[1]}|include[0]",
      })
  void a_wrong_field_is_named(String body, String field) {
    assertThat(read(body))
        .isInstanceOfSatisfying(
            RequestRead.Invalid.class,
            invalid -> {
              assertThat(invalid.field()).contains(field);
              assertThat(invalid.message()).startsWith(field + " ").endsWith(".");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"model\":\"m\",\"input\":\"hi\"} x", "nul"})
  void a_body_that_is_no_object_is_refused(String body) {
    assertThat(read(body)).isInstanceOf(RequestRead.Invalid.class);
  }

  @Nested
  class Continuing {
    private final UUID call = UUID.fromString("01890000-0000-7000-8000-00000000000a");

    @Test
    void an_identifier_made_here_names_its_call() {
      String id = ResponsesRequest.responseId(call);
      assertThat(id).isEqualTo("resp_assay_0189000000007000800000000000000a");
      assertThat(ResponsesRequest.callId(id)).contains(call);
      assertThat(ResponsesRequest.madeHere(id)).isTrue();
      assertThat(ResponsesRequest.callId("resp_assay_01")).isEmpty();
      assertThat(ResponsesRequest.callId("resp_assay_" + "x".repeat(32))).isEmpty();
      assertThat(ResponsesRequest.callId("resp_0123")).isEmpty();
    }

    @Test
    void what_the_request_says_beside_is_found_in_its_wire_form() {
      ChatRequest request = with("\"previous_response_id\":\"resp_\\u0031\",\"store\":false");
      assertThat(ResponsesRequest.previous(request)).contains("resp_1");
      assertThat(ResponsesRequest.store(request)).isFalse();
      assertThat(ResponsesRequest.previous(with("\"previous_response_id\":null"))).isEmpty();
      assertThat(ResponsesRequest.store(with("\"store\":null"))).isTrue();
      assertThat(ResponsesRequest.previous(ChatRequest.of("m", "hi"))).isEmpty();
    }

    @Test
    void the_earlier_conversation_stands_between_instructions_and_input() {
      ChatRequest earlier = valid("{\"model\":\"m\",\"instructions\":\"old\",\"input\":\"first\"}");
      ChatRequest request =
          valid("{\"model\":\"m\",\"instructions\":\"new\",\"input\":\"second\"}");
      ChatRequest whole = ResponsesRequest.continuing(request, earlier, List.of(text("answer")));
      assertThat(whole.messages())
          .containsExactly(
              message(Role.SYSTEM, text("new")),
              message(Role.USER, text("first")),
              message(Role.ASSISTANT, text("answer")),
              message(Role.USER, text("second")));
      assertThat(ResponsesRequestWriter.input(whole).utf8())
          .isEqualTo(
              "[{\"type\":\"message\",\"role\":\"user\",\"content\":\"first\"},"
                  + "{\"type\":\"message\",\"role\":\"assistant\",\"content\":["
                  + "{\"type\":\"output_text\",\"text\":\"answer\"}]},"
                  + "{\"type\":\"message\",\"role\":\"user\",\"content\":\"second\"}]");
    }
  }
}
