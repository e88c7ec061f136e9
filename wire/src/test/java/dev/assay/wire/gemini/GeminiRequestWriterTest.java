package dev.assay.wire.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.CacheHint;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
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
import dev.assay.wire.openai.ChatRequestReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiRequestWriterTest {
  private static final Part TEXT = new Part.Text("hi");
  private static final Signature SIGNATURE =
      new Signature(WireFormat.GEMINI, Signature.Kind.SIGNATURE, "Ci==", Optional.empty());

  private static Message message(Role role, Part... parts) {
    return new Message(role, List.of(parts), Optional.empty());
  }

  private static String written(String model, Message... messages) {
    return GeminiRequestWriter.write(ChatRequest.of(model, List.of(messages))).utf8();
  }

  /** The parts of the only content of a message. */
  private static String parts(Role role, Part... parts) {
    String body = written("gemini-2.5-flash", message(role, parts));
    String head =
        "{\"contents\":[{\"role\":\""
            + (role == Role.ASSISTANT ? "model" : "user")
            + "\",\"parts\":[";
    assertThat(body).startsWith(head).endsWith("]}]}");
    return body.substring(head.length(), body.length() - "]}]}".length());
  }

  private static ChatRequest request(
      String model, Sampling sampling, Tools tools, ResponseFormat format, ReasoningSetting how) {
    return new ChatRequest(
        model,
        List.of(message(Role.USER, TEXT)),
        sampling,
        tools,
        format,
        how,
        Streaming.NONE,
        Optional.empty());
  }

  /** What stands behind the conversation of a request. */
  private static String tail(ChatRequest request) {
    String head = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]";
    String body = GeminiRequestWriter.write(request).utf8();
    assertThat(body).startsWith(head).endsWith("}");
    return body.substring(head.length(), body.length() - 1);
  }

  @Nested
  class AConversation {
    @Test
    void has_its_instructions_apart_and_one_content_for_each_turn() {
      assertThat(
              written(
                  "gemini-2.5-flash",
                  message(Role.SYSTEM, new Part.Text("a")),
                  message(Role.USER, TEXT),
                  message(Role.SYSTEM, new Part.Text("b")),
                  message(Role.ASSISTANT, new Part.ToolCall("c1", "f", "{\"x\": 1}")),
                  message(Role.ASSISTANT, new Part.ToolCall("c2", "g", "")),
                  message(Role.TOOL, new Part.ToolResult("c1", List.of(TEXT), false)),
                  message(Role.TOOL, new Part.ToolResult("c2", List.of(TEXT), true)),
                  message(Role.USER, new Part.Text("so?"))))
          .isEqualTo(
              "{\"systemInstruction\":{\"parts\":[{\"text\":\"a\"},{\"text\":\"b\"}]},\"contents\":["
                  + "{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]},"
                  + "{\"role\":\"model\",\"parts\":["
                  + "{\"functionCall\":{\"id\":\"c1\",\"name\":\"f\",\"args\":{\"x\": 1}}},"
                  + "{\"functionCall\":{\"id\":\"c2\",\"name\":\"g\",\"args\":{}}}]},"
                  + "{\"role\":\"user\",\"parts\":["
                  + "{\"functionResponse\":{\"id\":\"c1\",\"name\":\"f\",\"response\":{\"output\":\"hi\"}}},"
                  + "{\"functionResponse\":{\"id\":\"c2\",\"name\":\"g\",\"response\":{\"error\":\"hi\"}}},"
                  + "{\"text\":\"so?\"}]}]}");
    }

    @Test
    void of_instructions_only_is_asked_as_a_user() {
      assertThat(written("gemini-2.5-flash", message(Role.SYSTEM, TEXT)))
          .isEqualTo("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}");
    }

    @Test
    void may_have_media() {
      assertThat(
              parts(
                  Role.USER,
                  new Part.ImageData("image/png", "QUJD", Optional.of("low")),
                  new Part.DocumentData("application/pdf", "QUJD", Optional.of("a.pdf")),
                  new Part.CachePoint(new CacheHint(Optional.empty())),
                  new Part.ImageUrl("https://x/y.webp?z=.pdf#a.b", Optional.empty()),
                  new Part.ImageUrl("https://x/y", Optional.empty()),
                  new Part.DocumentUrl("https://x/y.TXT", Optional.empty()),
                  new Part.DocumentUrl("https://x/y", Optional.empty())))
          .isEqualTo(
              "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"QUJD\"}},"
                  + "{\"inlineData\":{\"mimeType\":\"application/pdf\",\"data\":\"QUJD\"}},"
                  + "{\"fileData\":{\"mimeType\":\"image/webp\",\"fileUri\":\"https://x/y.webp?z=.pdf#a.b\"}},"
                  + "{\"fileData\":{\"mimeType\":\"image/jpeg\",\"fileUri\":\"https://x/y\"}},"
                  + "{\"fileData\":{\"mimeType\":\"text/plain\",\"fileUri\":\"https://x/y.TXT\"}},"
                  + "{\"fileData\":{\"mimeType\":\"application/pdf\",\"fileUri\":\"https://x/y\"}}");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{\"a\": 1}  | {\"a\": 1}",
          "''          | {}",
          "[1]         | {\"arguments\":\"[1]\"}",
          "{\"a\":     | {\"arguments\":\"{\\\"a\\\":\"}",
          "{}{}        | {\"arguments\":\"{}{}\"}",
          "{\"a\":\"\ud800\"} | {\"a\":\"?\"}",
        })
    void has_arguments_that_are_objects(String arguments, String written) {
      assertThat(parts(Role.ASSISTANT, new Part.ToolCall("c", "f", arguments)))
          .isEqualTo("{\"functionCall\":{\"id\":\"c\",\"name\":\"f\",\"args\":" + written + "}}");
    }

    @Test
    void names_a_result_after_its_call() {
      assertThat(parts(Role.TOOL, new Part.ToolResult("lost", List.of(), false)))
          .contains("\"name\":\"lost\"");
    }

    @Test
    void has_signatures_on_the_parts_that_they_belong_to() {
      Part alone = new Part.Reasoning("", Optional.of(SIGNATURE));
      Part thought = new Part.Reasoning("hm", Optional.of(SIGNATURE));
      Part foreign =
          new Part.Reasoning(
              "no",
              Optional.of(
                  new Signature(
                      WireFormat.ANTHROPIC_MESSAGES,
                      Signature.Kind.SIGNATURE,
                      "x",
                      Optional.empty())));
      String signed = ",\"thoughtSignature\":\"Ci==\"}";
      assertThat(
              parts(
                  Role.ASSISTANT,
                  foreign,
                  new Part.Reasoning("free", Optional.empty()),
                  thought,
                  TEXT,
                  alone,
                  new Part.ToolCall("c", "f", "{}"),
                  alone))
          .isEqualTo(
              "{\"text\":\"hm\",\"thought\":true},"
                  + "{\"text\":\"hi\""
                  + signed
                  + ",{\"functionCall\":{\"id\":\"c\",\"name\":\"f\",\"args\":{}}"
                  + signed
                  + ",{\"text\":\"\""
                  + signed);
    }

    @Test
    void says_of_calls_by_other_models_that_nothing_signs_them() {
      String call = "{\"functionCall\":{\"id\":\"%s\",\"name\":\"f\",\"args\":{}}%s}";
      assertThat(
              written(
                  "gemini-3.1-pro-preview",
                  message(
                      Role.ASSISTANT,
                      new Part.ToolCall("a", "f", "{}"),
                      new Part.ToolCall("b", "f", "{}"))))
          .contains(
              call.formatted("a", ",\"thoughtSignature\":\"skip_thought_signature_validator\""),
              call.formatted("b", ""));
    }
  }

  @Nested
  class Settings {
    @Test
    void of_the_sampling_are_written() {
      Sampling sampling =
          new Sampling(
              Optional.of(0.5),
              Optional.of(0.25),
              Optional.of(9_999_999_999L),
              List.of("x"),
              Optional.of(7L),
              Optional.of(1),
              Optional.of(40),
              Optional.of(1.0),
              Optional.of(-1.0),
              Optional.of(5));
      assertThat(
              tail(
                  request(
                      "gemini-2.5-flash",
                      sampling,
                      Tools.NONE,
                      new ResponseFormat.Text(),
                      ReasoningSetting.DEFAULT)))
          .isEqualTo(
              ",\"generationConfig\":{\"temperature\":0.5,\"topP\":0.25,\"topK\":40,"
                  + "\"maxOutputTokens\":2147483647,\"stopSequences\":[\"x\"],\"seed\":7,"
                  + "\"presencePenalty\":1.0,\"frequencyPenalty\":-1.0,\"responseLogprobs\":true,"
                  + "\"logprobs\":5}");
    }

    @ParameterizedTest
    @CsvSource({"-1, -1", "2147483648, -2147483648", "4294967296, 1"})
    void of_the_seed_fit_into_32_bits(long seed, int written) {
      Sampling sampling =
          new Sampling(
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of(),
              Optional.of(seed),
              Optional.empty());
      assertThat(
              tail(
                  request(
                      "g",
                      sampling,
                      Tools.NONE,
                      new ResponseFormat.Text(),
                      ReasoningSetting.DEFAULT)))
          .contains("\"seed\":" + written + "}");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "gemini-2.5-flash       | none   |       | \"thinkingBudget\":0",
          "gemini-2.5-pro         | none   |       | \"thinkingBudget\":128",
          "gemini-2.5-flash       | low    |       | \"thinkingBudget\":1024,\"includeThoughts\":true",
          "gemini-2.5-flash       | medium |       | \"thinkingBudget\":8192,\"includeThoughts\":true",
          "gemini-2.5-flash       | high   |       | \"thinkingBudget\":24576,\"includeThoughts\":true",
          "gemini-2.5-flash       | high   | 2000  | \"thinkingBudget\":2000,\"includeThoughts\":true",
          "gemini-2.5-flash       |        | 0     | \"thinkingBudget\":0",
          "gemini-3-flash-preview | none   |       | \"thinkingLevel\":\"minimal\"",
          "gemini-3.1-pro         | none   |       | \"thinkingLevel\":\"low\"",
          "gemini-3-flash-preview | low    | 5     | \"thinkingLevel\":\"low\",\"includeThoughts\":true",
          "gemini-3-flash-preview | xhigh  |       | \"thinkingLevel\":\"high\",\"includeThoughts\":true",
          "gemini-3-flash-preview | high   | 0     | \"thinkingLevel\":\"minimal\"",
          "gemini-2.5-flash-prose | none   |       | \"thinkingBudget\":0",
          "gemini-flash-latest    | medium |       | \"thinkingLevel\":\"medium\",\"includeThoughts\":true",
          "gemini-10-flash        | medium |       | \"thinkingLevel\":\"medium\",\"includeThoughts\":true",
          "gemini-3-flash-preview |        | 2000  | \"thinkingBudget\":2000,\"includeThoughts\":true",
        })
    void of_the_reasoning_suit_the_model(String model, String effort, Long budget, String written) {
      ReasoningSetting how =
          new ReasoningSetting(Optional.ofNullable(effort), Optional.ofNullable(budget));
      assertThat(tail(request(model, Sampling.DEFAULT, Tools.NONE, new ResponseFormat.Text(), how)))
          .isEqualTo(",\"generationConfig\":{\"thinkingConfig\":{" + written + "}}");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "gemini-2.5-pro           | none |      | this model always reasons; the least is asked for",
          "gemini-2.5-pro           |      | 0    | this model always reasons; the least is asked for",
          "gemini-3.1-pro-preview   | high | 0    | this model always reasons; the least is asked for",
          "gemini-pro-latest        | none |      | this model always reasons; the least is asked for",
          "models/gemini-3-pro      | none |      | this model always reasons; the least is asked for",
          "gemini-3-flash-preview   | low  | 2000 | this model takes no cap on reasoning tokens beside an effort; the effort is asked for",
          "gemini-2.5-pro           | low  | 2000 |",
          "gemini-2.5-flash         | none |      |",
          "gemini-3-flash-preview   | none |      | this model may reason all the same; the least is asked for",
          "gemini-flash-latest      | high | 0    | this model may reason all the same; the least is asked for",
          "gemini-3-flash-preview   |      | 0    |",
          "gemini-3-flash-preview   | minimal |   |",
          "gemini-3-pro-preview     | minimal |   | this model does not know the effort; the nearest is asked for",
          "gemini-3-flash-preview   | xhigh |     | this model does not know the effort; the nearest is asked for",
          "gemini-2.5-flash         | max  |      | this model does not know the effort; the nearest is asked for",
          "gemini-2.5-flash         | max  | 2000 |",
          "gemini-2.5-pro           | high |      |",
          "gemini-2.5-flash-product | none |      |",
          "tunedModels/prose        | none |      |",
        })
    void of_the_reasoning_are_told_when_the_model_does_not_take_them(
        String model, String effort, Long budget, String loss) {
      ReasoningSetting how =
          new ReasoningSetting(Optional.ofNullable(effort), Optional.ofNullable(budget));
      ChatRequest request =
          request(model, Sampling.DEFAULT, Tools.NONE, new ResponseFormat.Text(), how);
      assertThat(GeminiRequestWriter.losses(request))
          .isEqualTo(loss == null ? List.of() : List.of("reasoning: " + loss));
    }

    @Test
    void of_the_format_are_a_schema() {
      ResponseFormat schema =
          new ResponseFormat.JsonSchema("n", Bytes.utf8("{ \"a\": 1 }"), Optional.of(true));
      assertThat(tail(request("g", Sampling.DEFAULT, Tools.NONE, schema, ReasoningSetting.DEFAULT)))
          .isEqualTo(
              ",\"generationConfig\":{\"responseMimeType\":\"application/json\","
                  + "\"responseJsonSchema\":{ \"a\": 1 }}");
      assertThat(
              tail(
                  request(
                      "g",
                      Sampling.DEFAULT,
                      Tools.NONE,
                      new ResponseFormat.JsonObject(),
                      ReasoningSetting.DEFAULT)))
          .isEqualTo(",\"generationConfig\":{\"responseMimeType\":\"application/json\"}");
    }

    @Test
    void of_the_tools_are_their_schemas_and_a_choice() {
      Tool tool =
          new Tool(
              "f",
              Optional.of("d"),
              Optional.of(Bytes.utf8("{\"type\":\"object\"}")),
              Optional.of(true));
      Tool small = new Tool("g", Optional.empty(), Optional.empty(), Optional.empty());
      Map<ToolChoice, String> choices =
          Map.of(
              new ToolChoice.Auto(), "\"mode\":\"AUTO\"",
              new ToolChoice.Forbidden(), "\"mode\":\"NONE\"",
              new ToolChoice.Required(), "\"mode\":\"ANY\"",
              new ToolChoice.Named("f"), "\"mode\":\"ANY\",\"allowedFunctionNames\":[\"f\"]");
      choices.forEach((choice, written) ->
          assertThat(
                  tail(
                      request(
                          "g",
                          Sampling.DEFAULT,
                          new Tools(List.of(tool, small), Optional.of(choice), Optional.of(true)),
                          new ResponseFormat.Text(),
                          ReasoningSetting.DEFAULT)))
              .isEqualTo(
                  ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\",\"description\":\"d\","
                      + "\"parametersJsonSchema\":{\"type\":\"object\"}},{\"name\":\"g\"}]}],"
                      + "\"toolConfig\":{\"functionCallingConfig\":{"
                      + written
                      + "}}"));
    }

    @Test
    void may_name_cached_content() {
      String body =
          "{\"model\":\"m\",\"cached_content\":\"cachedContents/a\\u0062c\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
      RequestRead read = ChatRequestReader.read(Bytes.utf8(body), Map.of(), Optional.empty());
      ChatRequest request = ((RequestRead.Valid) read).request();
      assertThat(request.wire().orElseThrow().unread()).containsExactly("cached_content");
      assertThat(tail(request)).isEqualTo(",\"cachedContent\":\"cachedContents/abc\"");
    }
  }

  @Test
  void a_count_wraps_the_whole_request() {
    assertThat(GeminiRequestWriter.count(ChatRequest.of("gemini-2.5-flash", "hi")).utf8())
        .isEqualTo(
            "{\"generateContentRequest\":{\"model\":\"models/gemini-2.5-flash\",\"contents\":"
                + "[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}}");
  }

  @Test
  void embeddings_are_asked_text_by_text() {
    EmbeddingRequest request =
        new EmbeddingRequest("e", List.of("a", "b"), Optional.of(256), Optional.empty());
    assertThat(GeminiRequestWriter.embed(request).utf8())
        .isEqualTo(
            "{\"requests\":[{\"model\":\"models/e\",\"content\":{\"parts\":[{\"text\":\"a\"}]},"
                + "\"outputDimensionality\":256},{\"model\":\"models/e\",\"content\":{\"parts\":"
                + "[{\"text\":\"b\"}]},\"outputDimensionality\":256}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gemini-2.5-flash   | models/gemini-2.5-flash",
        "models/gemini-x    | models/gemini-x",
        "tunedModels/mine-1 | tunedModels/mine-1",
        "../keys            | models/..%2Fkeys",
        "a?key=b#c:d%2F     | models/a%3Fkey%3Db%23c%3Ad%252F",
        "models/../x        | models/..%2Fx",
        "ü                  | models/%C3%BC",
      })
  void a_model_cannot_lead_elsewhere(String model, String path) {
    assertThat(GeminiModel.path(model)).isEqualTo(path);
  }
}
