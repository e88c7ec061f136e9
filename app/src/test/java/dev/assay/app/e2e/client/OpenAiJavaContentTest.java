package dev.assay.app.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.JsonValue;
import com.openai.core.http.HttpResponseFor;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.chat.completions.StructuredChatCompletion;
import com.openai.models.chat.completions.StructuredChatCompletionCreateParams;
import dev.assay.core.bytes.Bytes;
import dev.assay.testkit.upstream.Reply;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** OpenAI's official client, only its base URL changed: tools, structured output, images. */
class OpenAiJavaContentTest {
  private static SdkRig rig;

  @BeforeAll
  static void start() {
    rig = SdkRig.start();
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  private static ChatCompletionCreateParams.Builder hello() {
    return ChatCompletionCreateParams.builder().model("gpt-4o-mini").addUserMessage("Hello");
  }

  /** Asks, checks that OpenAI got the client's own bytes, and gives what is recorded. */
  private static JsonNode passes(ChatCompletionCreateParams params, String reply) {
    Bytes expected = rig.sentDirectly(params);
    rig.then(Reply.json(200, reply));
    try (HttpResponseFor<ChatCompletion> response =
        rig.client().chat().completions().withRawResponse().create(params)) {
      assertThat(response.parse().isValid()).isTrue();
      assertThat(rig.lastAsked().body()).isEqualTo(expected);
      return rig.recorded(response);
    }
  }

  @Nested
  class Tools {
    private static final String TWO_CALLS =
        Replies.message(
            """
            {"role":"assistant","content":null,"tool_calls":[\
            {"id":"call_a","type":"function",\
            "function":{"name":"weather","arguments":"{\\"city\\": \\"Ulm\\"}"}},\
            {"id":"call_b","type":"function",\
            "function":{"name":"weather","arguments":"{\\"city\\": \\"Bonn\\"}"}}]}\
            """,
            "tool_calls");

    private static ChatCompletionCreateParams.Builder withTool() {
      FunctionParameters parameters =
          FunctionParameters.builder()
              .putAdditionalProperty("type", JsonValue.from("object"))
              .putAdditionalProperty(
                  "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
              .build();
      return hello()
          .addFunctionTool(
              FunctionDefinition.builder()
                  .name("weather")
                  .description("Tells the weather of a city.")
                  .parameters(parameters)
                  .build())
          .parallelToolCalls(true);
    }

    private static ChatCompletionMessage message(String reply) {
      rig.then(Reply.json(200, reply));
      return rig.client()
          .chat()
          .completions()
          .create(withTool().build())
          .choices()
          .getFirst()
          .message();
    }

    @Test
    void areCalledSeveralAtOnce() {
      JsonNode call = passes(withTool().build(), TWO_CALLS);

      assertThat(call.at("/metadata_json/assay/finish_reason").asString()).isEqualTo("tool_calls");
      assertThat(call.at("/response_json/choices/0/message/tool_calls/1/id").asString())
          .isEqualTo("call_b");
      assertThat(message(TWO_CALLS).toolCalls().orElseThrow())
          .extracting(tool -> tool.asFunction().function().arguments())
          .containsExactly("{\"city\": \"Ulm\"}", "{\"city\": \"Bonn\"}");
    }

    @Test
    void giveTheirResultsBack() {
      ChatCompletionMessage asked = message(TWO_CALLS);
      ChatCompletionCreateParams.Builder next = withTool().addMessage(asked);
      for (var tool : asked.toolCalls().orElseThrow()) {
        ChatCompletionMessageFunctionToolCall function = tool.asFunction();
        next.addMessage(
            ChatCompletionToolMessageParam.builder()
                .toolCallId(function.id())
                .content("rain in " + function.function().arguments())
                .build());
      }

      JsonNode call = passes(next.build(), Replies.completion("It rains."));

      assertThat(call.at("/request_json/messages/3/tool_call_id").asString()).isEqualTo("call_b");
      assertThat(call.at("/response_json/choices/0/message/content").asString())
          .isEqualTo("It rains.");
    }
  }

  @Nested
  class StructuredOutput {
    /** What the model should fill in. */
    static final class City {
      public String name = "";
      public int people;
    }

    @Test
    void isAskedForBySchema() {
      ResponseFormatJsonSchema format =
          ResponseFormatJsonSchema.builder()
              .jsonSchema(
                  ResponseFormatJsonSchema.JsonSchema.builder()
                      .name("city")
                      .strict(true)
                      .schema(
                          ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                              .putAdditionalProperty("type", JsonValue.from("object"))
                              .build())
                      .build())
              .build();

      JsonNode call =
          passes(hello().responseFormat(format).build(), Replies.completion("{\\\"name\\\":1}"));

      assertThat(call.at("/request_json/response_format/json_schema/strict").booleanValue())
          .isTrue();
    }

    @Test
    void fillsAClass() {
      StructuredChatCompletionCreateParams<City> params =
          hello().responseFormat(City.class).build();
      rig.then(
          Reply.json(200, Replies.completion("{\\\"name\\\":\\\"Ulm\\\",\\\"people\\\":129942}")));

      StructuredChatCompletion<City> completion = rig.client().chat().completions().create(params);

      City city = completion.choices().getFirst().message().content().orElseThrow();
      assertThat(city.name).isEqualTo("Ulm");
      assertThat(city.people).isEqualTo(129942);
      assertThat(rig.lastAsked().body().utf8()).contains("\"json_schema\"", "\"people\"");
    }
  }

  @Nested
  class Images {
    private static ChatCompletionCreateParams showing(String url) {
      return ChatCompletionCreateParams.builder()
          .model("gpt-4o-mini")
          .addUserMessageOfArrayOfContentParts(
              List.of(
                  ChatCompletionContentPart.ofText(
                      ChatCompletionContentPartText.builder().text("What is this?").build()),
                  ChatCompletionContentPart.ofImageUrl(
                      ChatCompletionContentPartImage.builder()
                          .imageUrl(
                              ChatCompletionContentPartImage.ImageUrl.builder()
                                  .url(url)
                                  .detail(ChatCompletionContentPartImage.ImageUrl.Detail.LOW)
                                  .build())
                          .build())))
          .build();
    }

    @Test
    void passByValue() {
      byte[] image = new byte[300_000];
      new Random(4711).nextBytes(image);
      String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(image);

      JsonNode call = passes(showing(url), Replies.completion("Noise."));

      assertThat(call.path("status").asString()).isEqualTo("success");
      assertThat(rig.lastAsked().body().utf8()).contains(url);
    }

    @Test
    void passByAddressAndAreNotFetched() {
      int before = rig.upstream().requests();

      JsonNode call =
          passes(showing(rig.upstream().uri() + "/picture.png"), Replies.completion("Nothing."));

      assertThat(call.at("/request_json/messages/0/content/1/image_url/url").asString())
          .isEqualTo(rig.upstream().uri() + "/picture.png");
      assertThat(rig.upstream().requests()).isEqualTo(before + 2);
    }
  }
}
