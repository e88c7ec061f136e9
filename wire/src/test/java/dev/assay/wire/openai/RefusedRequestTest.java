package dev.assay.wire.openai;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.wire.format.RequestRead;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedRequestTest {
  private static RequestRead read(Bytes body) {
    return ChatRequestReader.read(body, Map.of(), Optional.empty());
  }

  private static RequestRead.Invalid refused(Bytes body) {
    RequestRead read = read(body);
    assertThat(read).isInstanceOf(RequestRead.Invalid.class);
    RequestRead.Invalid invalid = (RequestRead.Invalid) read;
    assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    return invalid;
  }

  /** U stands for a valid message, M for the members model and messages. */
  private static String expand(String body) {
    String message = "{\"role\":\"user\",\"content\":\"hi\"}";
    return body.replace("<M>", "\"model\":\"m\",\"messages\":[<U>]").replace("<U>", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "''                                        | must be a JSON object",
        "[]                                        | must be a JSON object",
        "\"text\"                                  | must be a JSON object",
        "{                                         | cut off",
        "{<M>                                      | cut off",
        "{<M>,}                                    | not well-formed JSON near byte",
        "{<M>}}                                    | not well-formed JSON near byte",
        "{<M>}{}                                   | must end behind its JSON object",
        "{<M>,\"x\":secret}                        | not well-formed JSON near byte",
        "{<M>,\"x\":'secret'}                      | not well-formed JSON near byte",
      })
  void a_body_that_is_not_one_json_object_is_refused(String body, String message) {
    RequestRead.Invalid invalid = refused(Bytes.utf8(expand(body)));
    assertThat(invalid.field()).isEmpty();
    assertThat(invalid.message()).startsWith("The body ").contains(message).endsWith(".");
    assertThat(invalid.message()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                        | model | is missing",
        "{\"messages\":[<U>]}                      | model | is missing",
        "{\"model\":null,\"messages\":[<U>]}       | model | must be a string, not null",
        "{\"model\":1,\"messages\":[<U>]}          | model | must be a string, not a number",
        "{\"model\":\" \",\"messages\":[<U>]}      | model | is blank",
        "{<M>,\"model\":\"n\"}                     | model | occurs twice",
        "{<M>,\"\\u006dodel\":\"n\"}               | model | occurs twice",
        "{<M>,\"x\":1,\"x\":1}                     | x | occurs twice",
        "{\"model\":\"m\"}                         | messages | is missing",
        "{\"model\":\"m\",\"messages\":[]}         | messages | at least one message",
        "{\"model\":\"m\",\"messages\":{}}         | messages | must be an array, not an object",
        "{\"model\":\"m\",\"messages\":null}       | messages | must be an array, not null",
        "{<M>,\"temperature\":\"hot\"}             | temperature | must be a number, not a string",
        "{<M>,\"temperature\":-0.1}                | temperature | at least 0",
        "{<M>,\"temperature\":1e999}               | temperature | must be a number",
        "{<M>,\"top_p\":1.1}                       | top_p | between 0",
        "{<M>,\"max_tokens\":\"1\"}                | max_tokens | must be a whole number",
        "{<M>,\"max_tokens\":1.5}                  | max_tokens | must be a whole number",
        "{<M>,\"max_completion_tokens\":[]}        | max_completion_tokens | must be a whole number",
        "{<M>,\"n\":0}                             | n | must be at least 1",
        "{<M>,\"n\":true}                          | n | must be a whole number, not a boolean",
        "{<M>,\"seed\":\"x\"}                      | seed | must be a whole number",
        "{<M>,\"stop\":1}                          | stop | must be a string or an array of strings",
        "{<M>,\"stop\":[\"a\",2]}                  | stop[1] | must be a string, not a number",
        "{<M>,\"stream\":\"true\"}                 | stream | must be a boolean, not a string",
        "{<M>,\"stream_options\":{}}               | stream_options | only allowed when stream is true",
        "{<M>,\"stream\":true,\"stream_options\":1} | stream_options | must be an object",
        "{<M>,\"stream\":true,\"stream_options\":{\"include_usage\":1}} | stream_options.include_usage | must be a boolean",
        "{<M>,\"user\":{}}                         | user | must be a string, not an object",
        "{<M>,\"metadata\":[]}                     | metadata | must be an object, not an array",
        "{<M>,\"assay\":1}                         | assay | must be an object",
        "{<M>,\"reasoning_effort\":1}              | reasoning_effort | must be a string",
        "{<M>,\"response_format\":\"json\"}        | response_format | must be an object, not a string",
        "{<M>,\"response_format\":{}}              | response_format.type | is missing",
        "{<M>,\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":1}}} | response_format.json_schema.name | must be a string",
        "{<M>,\"top_k\":\"x\"}                     | top_k | must be a whole number",
        "{<M>,\"presence_penalty\":3}              | presence_penalty | between -2",
        "{<M>,\"logprobs\":5}                      | logprobs | must be a boolean",
        "{<M>,\"top_logprobs\":-1}                 | top_logprobs | must be at least 0",
        "{<M>,\"reasoning\":\"high\"}              | reasoning | must be an object",
        "{<M>,\"reasoning\":{\"max_tokens\":-1}}   | reasoning.max_tokens | must be at least 0",
        "{<M>,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"},\"cache_control\":1}]} | tools[0].cache_control | must be an object",
        "{<M>,\"tools\":{}}                        | tools | must be an array",
        "{<M>,\"tools\":[1]}                       | tools[0] | must be an object",
        "{<M>,\"tools\":[{}]}                      | tools[0].type | is missing",
        "{<M>,\"tools\":[{\"type\":\"function\"}]} | tools[0].function | is missing",
        "{<M>,\"tools\":[{\"type\":\"function\",\"function\":{}}]} | tools[0].function.name | must be a string",
        "{<M>,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":1}}]} | tools[0].function.parameters | must be an object",
        "{<M>,\"tool_choice\":1}                   | tool_choice | must be a string or an object",
        "{<M>,\"parallel_tool_calls\":1}           | parallel_tool_calls | must be a boolean",
      })
  void a_wrong_field_is_named_with_its_remedy(String body, String field, String problem) {
    RequestRead.Invalid invalid = refused(Bytes.utf8(expand(body)));
    assertThat(invalid.field()).contains(field);
    assertThat(invalid.message()).startsWith(field + " ").contains(problem).endsWith(".");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1                                       | [1] | must be an object",
        "{\"content\":\"x\"}                     | [1].role | is missing",
        "{\"role\":\"robot\",\"content\":\"x\"}  | [1].role | must be one of \"system\"",
        "{\"role\":7,\"content\":\"x\"}          | [1].role | must be a string",
        "{\"role\":\"user\"}                     | [1].content | is missing",
        "{\"role\":\"user\",\"content\":null}    | [1].content | is missing",
        "{\"role\":\"user\",\"content\":5}       | [1].content | must be a string or an array of parts",
        "{\"role\":\"user\",\"content\":[\"x\"]} | [1].content[0] | must be an object",
        "{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]} | [1].content[0].type | is missing",
        "{\"role\":\"user\",\"content\":[{\"type\":1}]} | [1].content[0].type | must be a string",
        "{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]} | [1].content[0].text | must be a string",
        "{\"role\":\"user\",\"content\":[{\"type\":\"x\"},{\"type\":\"text\",\"text\":1}]} | [1].content[1].text | must be a string",
        "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{}}]} | [1].content[0].image_url | with a url",
        "{\"role\":\"user\",\"content\":\"x\",\"name\":1} | [1].name | must be a string",
        "{\"role\":\"assistant\",\"tool_calls\":1} | [1].tool_calls | must be an array",
        "{\"role\":\"assistant\",\"tool_calls\":[1]} | [1].tool_calls[0] | must be an object",
        "{\"role\":\"assistant\",\"tool_calls\":[{\"type\":\"function\"}]} | [1].tool_calls[0].function.name | must be a string",
        "{\"role\":\"assistant\",\"function_call\":{}} | [1].function_call.name | must be a string",
        "{\"role\":\"tool\",\"tool_call_id\":1}  | [1].tool_call_id | must be a string",
      })
  void a_wrong_field_of_a_message_is_named_with_its_remedy(
      String message, String place, String problem) {
    String body = expand("{\"model\":\"m\",\"messages\":[<U>," + message + "]}");
    RequestRead.Invalid invalid = refused(Bytes.utf8(body));
    assertThat(invalid.field()).contains("messages" + place);
    assertThat(invalid.message()).contains(problem);
  }

  @Test
  void a_body_in_another_encoding_is_refused() {
    assertThat(refused(Bytes.wrap("{\"model\":\"m\"}".getBytes(UTF_16LE))).message())
        .isEqualTo("The body must be JSON in UTF-8.");
  }

  @Test
  void a_body_nested_too_deep_is_refused() {
    String deep = "{\"x\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}";
    assertThat(refused(Bytes.utf8(deep)).message()).contains("1000 levels of nesting");
  }

  /** Whatever the bytes are, there is a reading: nothing is thrown, and nothing quoted. */
  @Test
  void random_damage_never_throws() {
    Random random = new Random(3);
    byte[] sound =
        expand(
                "{<M>,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"stop\":[\"a\"],"
                    + "\"temperature\":1.5,\"stream\":true,\"stream_options\":{\"include_usage\":true}}")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = sound.clone();
      int damages = 1 + random.nextInt(3);
      for (int damage = 0; damage < damages; damage++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(damaged.length) : damaged.length;
      assertThat(read(Bytes.wrap(damaged, 0, length))).isNotNull();
    }
  }
}
