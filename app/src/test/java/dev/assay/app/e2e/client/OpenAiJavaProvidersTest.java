package dev.assay.app.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFormatTextJsonSchemaConfig;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseTextConfig;
import dev.assay.testkit.upstream.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenAI's official client, only its base URL changed, with the models of every provider. */
class OpenAiJavaProvidersTest {
  private static final Map<String, Object> SCHEMA =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of("city", Map.of("type", "string")),
          "required",
          List.of("city"),
          "additionalProperties",
          false);

  private static ProvidersRig rig;

  @BeforeAll
  static void start() {
    rig = ProvidersRig.start();
  }

  @BeforeEach
  void forget() {
    rig.forget();
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  static List<Arguments> wholeAndStreamed() {
    return Stream.of(Played.values())
        .flatMap(provider -> Stream.of(false, true).map(stream -> Arguments.of(provider, stream)))
        .toList();
  }

  static List<Arguments> failures() {
    return Stream.of(Played.values())
        .flatMap(provider ->
            Stream.of(
                Arguments.of(provider, 400, BadRequestException.class, 1),
                Arguments.of(provider, 401, UnauthorizedException.class, 1),
                Arguments.of(provider, 404, NotFoundException.class, 1),
                Arguments.of(provider, 429, RateLimitException.class, 1),
                Arguments.of(provider, 529, InternalServerException.class, 4)))
        .toList();
  }

  private static void assertFails(
      int status,
      Class<? extends OpenAIServiceException> type,
      int attempts,
      String path,
      Runnable call) {
    int before = rig.asked().size();
    for (int i = 0; i < attempts; i++) {
      // A pause beyond the deadline, so that the program does not wait for it.
      rig.then(
          Played.error(status, "The model is not found, in its own words.")
              .andThen(reply -> status == 429 ? reply.header("retry-after", "600") : reply));
    }

    OpenAIServiceException thrown = catchThrowableOfType(type, call::run);

    // Of a provider of another API that is overloaded a client hears by the usual status.
    boolean own = rig.asked().getLast().path().endsWith(path);
    assertThat(thrown.statusCode()).isEqualTo(status == 529 && !own ? 503 : status);
    assertThat(thrown).hasMessageContaining("in its own words");
    assertThat(thrown.headers().values("x-should-retry")).containsExactly("false");
    assertThat(thrown.headers().values("retry-after"))
        .isEqualTo(status == 429 ? List.of("600") : List.of());
    assertThat(rig.asked()).hasSize(before + attempts);
  }

  @Nested
  class ChatCompletions {
    private static ChatCompletionCreateParams.Builder hello(String model) {
      return ChatCompletionCreateParams.builder()
          .model(model)
          .addSystemMessage("Be brief.")
          .addUserMessage("Where is Miraflores?");
    }

    private static ChatCompletionCreateParams.Builder withTool(Played provider) {
      return hello(provider.model())
          .addFunctionTool(
              FunctionDefinition.builder()
                  .name("weather")
                  .parameters(
                      FunctionParameters.builder()
                          .putAllAdditionalProperties(
                              Map.of(
                                  "type", JsonValue.from("object"),
                                  "properties",
                                      JsonValue.from(Map.of("city", Map.of("type", "string")))))
                          .build())
                  .build());
    }

    private static ChatCompletion asked(
        ChatCompletionCreateParams.Builder params, boolean streamed) {
      if (!streamed) {
        return rig.openai().chat().completions().create(params.build()).validate();
      }
      ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
      try (StreamResponse<ChatCompletionChunk> chunks =
          rig.openai()
              .chat()
              .completions()
              .createStreaming(
                  params
                      .streamOptions(
                          ChatCompletionStreamOptions.builder().includeUsage(true).build())
                      .build())) {
        chunks.stream().forEach(chunk -> accumulator.accumulate(chunk.validate()));
      }
      return accumulator.chatCompletion();
    }

    private static String text(ChatCompletion completion) {
      return completion.choices().getFirst().message().content().orElseThrow();
    }

    private static List<Arguments> wholeAndStreamed() {
      return OpenAiJavaProvidersTest.wholeAndStreamed();
    }

    private static List<Arguments> failures() {
      return OpenAiJavaProvidersTest.failures();
    }

    @ParameterizedTest
    @MethodSource("wholeAndStreamed")
    void textArrivesWithItsUsage(Played provider, boolean streamed) {
      rig.then(Played.text(streamed));

      ChatCompletion completion = asked(hello(provider.model()), streamed);

      assertThat(text(completion)).isEqualTo("Lima.");
      assertThat(completion.choices().getFirst().finishReason())
          .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
      var usage = completion.usage().orElseThrow();
      assertThat(usage.promptTokens()).isEqualTo(24);
      assertThat(usage.promptTokensDetails().orElseThrow().cachedTokens()).contains(8L);
      assertThat(usage.completionTokens()).isEqualTo(2);
      assertThat(rig.lastBody()).contains("Be brief.", "Where is Miraflores?");
    }

    @ParameterizedTest
    @MethodSource("wholeAndStreamed")
    void parallelToolCallsArriveAndTheirResultsTravelBack(Played provider, boolean streamed) {
      rig.then(Played.twoCalls(streamed));

      ChatCompletion.Choice calling = asked(withTool(provider), streamed).choices().getFirst();

      List<ChatCompletionMessageFunctionToolCall> calls =
          calling.message().toolCalls().orElseThrow().stream()
              .map(call -> call.asFunction())
              .toList();
      assertThat(calling.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
      assertThat(calls)
          .extracting(call -> call.function().arguments())
          .containsExactly("{\"city\":\"Ulm\"}", "{\"city\":\"Bonn\"}");
      ChatCompletionCreateParams.Builder next = withTool(provider).addMessage(calling.message());
      calls.forEach(call ->
          next.addMessage(
              ChatCompletionToolMessageParam.builder()
                  .toolCallId(call.id())
                  .content("rain for " + call.id())
                  .build()));
      rig.then(Played.text(streamed));
      assertThat(text(asked(next, streamed))).isEqualTo("Lima.");
      assertThat(rig.lastBody())
          .contains(
              "Ulm", "Bonn", "rain for " + calls.get(0).id(), "rain for " + calls.get(1).id());
      if (provider.namesCalls()) {
        assertThat(calls).extracting(call -> call.id()).containsExactly("call_a", "call_b");
      }
    }

    @ParameterizedTest
    @EnumSource
    void outputThatFollowsASchemaIsAskedFor(Played provider) {
      rig.then(Played.text("{\"city\":\"Lima\"}"));
      var schema = ResponseFormatJsonSchema.JsonSchema.Schema.builder();
      SCHEMA.forEach((name, value) -> schema.putAdditionalProperty(name, JsonValue.from(value)));
      ResponseFormatJsonSchema format =
          ResponseFormatJsonSchema.builder()
              .jsonSchema(
                  ResponseFormatJsonSchema.JsonSchema.builder()
                      .name("place")
                      .schema(schema.build())
                      .strict(true)
                      .build())
              .build();

      assertThat(text(asked(hello(provider.model()).responseFormat(format), false)))
          .isEqualTo("{\"city\":\"Lima\"}");
      assertThat(rig.lastBody()).contains("\"required\":[\"city\"]");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsTheClientsExceptionAndIsNotAskedForAgainByIt(
        Played provider, int status, Class<? extends OpenAIServiceException> type, int attempts) {
      assertFails(
          status, type, attempts, "/chat/completions", () -> asked(hello(provider.model()), false));
    }

    @Test
    void aModelThatNobodyHasIsNotFound() {
      assertThatThrownBy(() -> asked(hello("nobody/m"), false))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("nobody/m");
    }
  }

  @Nested
  class Responses {
    private static ResponseCreateParams.Builder hello(String model) {
      return ResponseCreateParams.builder()
          .model(model)
          .instructions("Be brief.")
          .input("Where is Miraflores?");
    }

    private static ResponseCreateParams.Builder withTool(Played provider) {
      return hello(provider.model())
          .addTool(
              FunctionTool.builder()
                  .name("weather")
                  .strict(false)
                  .parameters(
                      FunctionTool.Parameters.builder()
                          .putAdditionalProperty("type", JsonValue.from("object"))
                          .putAdditionalProperty(
                              "properties",
                              JsonValue.from(Map.of("city", Map.of("type", "string"))))
                          .build())
                  .build());
    }

    private static Response asked(ResponseCreateParams params, boolean streamed) {
      if (!streamed) {
        return rig.openai().responses().create(params).validate();
      }
      ResponseAccumulator accumulator = ResponseAccumulator.create();
      try (StreamResponse<ResponseStreamEvent> events =
          rig.openai().responses().createStreaming(params)) {
        events.stream().forEach(accumulator::accumulate);
      }
      return accumulator.response();
    }

    private static String text(Response response) {
      return response.output().stream()
          .flatMap(item -> item.message().stream())
          .flatMap(message -> message.content().stream())
          .flatMap(content -> content.outputText().stream())
          .map(part -> part.text())
          .collect(Collectors.joining());
    }

    private static List<Arguments> wholeAndStreamed() {
      return OpenAiJavaProvidersTest.wholeAndStreamed();
    }

    private static List<Arguments> failures() {
      return OpenAiJavaProvidersTest.failures();
    }

    @ParameterizedTest
    @MethodSource("wholeAndStreamed")
    void textArrivesWithItsUsage(Played provider, boolean streamed) {
      rig.then(Played.text(streamed));

      Response response = asked(hello(provider.model()).build(), streamed);

      assertThat(text(response)).isEqualTo("Lima.");
      assertThat(response.status()).contains(ResponseStatus.COMPLETED);
      var usage = response.usage().orElseThrow();
      assertThat(usage.inputTokens()).isEqualTo(24);
      assertThat(usage.inputTokensDetails().cachedTokens()).isEqualTo(8);
      assertThat(usage.outputTokens()).isEqualTo(2);
      assertThat(rig.lastBody()).contains("Be brief.", "Where is Miraflores?");
    }

    @ParameterizedTest
    @MethodSource("wholeAndStreamed")
    void parallelToolCallsArriveAndTheirResultsTravelBack(Played provider, boolean streamed) {
      rig.then(Played.twoCalls(streamed));

      Response calling = asked(withTool(provider).build(), streamed);

      List<ResponseFunctionToolCall> calls =
          calling.output().stream().flatMap(item -> item.functionCall().stream()).toList();
      assertThat(calls)
          .extracting(ResponseFunctionToolCall::arguments)
          .containsExactly("{\"city\":\"Ulm\"}", "{\"city\":\"Bonn\"}");
      List<ResponseInputItem> next = new ArrayList<>();
      calls.forEach(call -> next.add(ResponseInputItem.ofFunctionCall(call)));
      calls.forEach(call ->
          next.add(
              ResponseInputItem.ofFunctionCallOutput(
                  ResponseInputItem.FunctionCallOutput.builder()
                      .callId(call.callId())
                      .output("rain for " + call.callId())
                      .build())));
      rig.then(Played.text(streamed));
      assertThat(text(asked(withTool(provider).inputOfResponse(next).build(), streamed)))
          .isEqualTo("Lima.");
      assertThat(rig.lastBody())
          .contains(
              "Ulm",
              "Bonn",
              "rain for " + calls.get(0).callId(),
              "rain for " + calls.get(1).callId());
      if (provider.namesCalls()) {
        assertThat(calls)
            .extracting(ResponseFunctionToolCall::callId)
            .containsExactly("call_a", "call_b");
      }
    }

    @ParameterizedTest
    @EnumSource
    void outputThatFollowsASchemaIsAskedFor(Played provider) {
      rig.then(Played.text("{\"city\":\"Lima\"}"));
      var schema = ResponseFormatTextJsonSchemaConfig.Schema.builder();
      SCHEMA.forEach((name, value) -> schema.putAdditionalProperty(name, JsonValue.from(value)));
      ResponseTextConfig format =
          ResponseTextConfig.builder()
              .format(
                  ResponseFormatTextJsonSchemaConfig.builder()
                      .name("place")
                      .schema(schema.build())
                      .strict(true)
                      .build())
              .build();

      assertThat(text(asked(hello(provider.model()).text(format).build(), false)))
          .isEqualTo("{\"city\":\"Lima\"}");
      assertThat(rig.lastBody()).contains("\"required\":[\"city\"]");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsTheClientsExceptionAndIsNotAskedForAgainByIt(
        Played provider, int status, Class<? extends OpenAIServiceException> type, int attempts) {
      assertFails(
          status,
          type,
          attempts,
          "/responses",
          () -> asked(hello(provider.model()).build(), false));
    }

    @Test
    void aModelThatNobodyHasIsNotFound() {
      assertThatThrownBy(() -> asked(hello("nobody/m").build(), false))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("nobody/m");
    }
  }

  @Nested
  class Embeddings {
    private static CreateEmbeddingResponse asked(
        String model, EmbeddingCreateParams.EncodingFormat encoding) {
      return rig.openai()
          .embeddings()
          .create(
              EmbeddingCreateParams.builder()
                  .model(model)
                  .inputOfArrayOfStrings(List.of("one " + encoding, "two " + encoding))
                  .encodingFormat(encoding)
                  .build())
          .validate();
    }

    private static Reply vectors(Played provider) {
      return Reply.json(
          200,
          provider == Played.GEMINI
              ? "{\"embeddings\":[{\"values\":[1.0,0.0]},{\"values\":[0.6,0.8]}]}"
              : """
              {"object":"list","model":"m","data":[
                {"object":"embedding","index":0,"embedding":[1.0,0.0]},
                {"object":"embedding","index":1,"embedding":[0.6,0.8]}],
               "usage":{"prompt_tokens":4,"total_tokens":4}}\
              """);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANTHROPIC")
    void arriveInBothEncodings(Played provider) {
      for (var encoding :
          List.of(
              EmbeddingCreateParams.EncodingFormat.FLOAT,
              EmbeddingCreateParams.EncodingFormat.BASE64)) {
        rig.then(vectors(provider));

        assertThat(asked(provider.model(), encoding).data())
            .extracting(vector -> vector.embedding())
            .containsExactly(List.of(1f, 0f), List.of(0.6f, 0.8f));
      }
    }

    @Test
    void ofAProviderThatHasNoneAreRefused() {
      int before = rig.asked().size();

      assertThatThrownBy(
              () -> asked(Played.ANTHROPIC.model(), EmbeddingCreateParams.EncodingFormat.FLOAT))
          .isInstanceOf(OpenAIServiceException.class);
      assertThat(rig.asked()).hasSize(before);
    }
  }
}
