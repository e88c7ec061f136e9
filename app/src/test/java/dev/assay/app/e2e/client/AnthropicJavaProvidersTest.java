package dev.assay.app.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.MessageTokensCount;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.models.ModelInfo;
import dev.assay.testkit.upstream.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Anthropic's official client, only its base URL changed, with the models of every provider. */
class AnthropicJavaProvidersTest {
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

  private static MessageCreateParams.Builder hello(String model) {
    return MessageCreateParams.builder()
        .model(model)
        .maxTokens(100)
        .system("Be brief.")
        .addUserMessage("Where is Miraflores?");
  }

  private static MessageCreateParams.Builder withTool(Played provider) {
    return hello(provider.model())
        .addTool(
            Tool.builder()
                .name("weather")
                .description("Tells the weather of a city.")
                .inputSchema(
                    Tool.InputSchema.builder()
                        .properties(
                            Tool.InputSchema.Properties.builder()
                                .putAdditionalProperty(
                                    "city", JsonValue.from(Map.of("type", "string")))
                                .build())
                        .addRequired("city")
                        .build())
                .build());
  }

  private static Message asked(MessageCreateParams params, boolean streamed) {
    if (!streamed) {
      return rig.anthropic().messages().create(params).validate();
    }
    MessageAccumulator accumulator = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> events =
        rig.anthropic().messages().createStreaming(params)) {
      events.stream().forEach(event -> accumulator.accumulate(event.validate()));
    }
    return accumulator.message().validate();
  }

  private static String text(Message message) {
    return message.content().stream()
        .flatMap(block -> block.text().stream())
        .map(block -> block.text())
        .collect(Collectors.joining());
  }

  static List<Arguments> wholeAndStreamed() {
    return Stream.of(Played.values())
        .flatMap(provider -> Stream.of(false, true).map(stream -> Arguments.of(provider, stream)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("wholeAndStreamed")
  void textArrivesWithItsUsage(Played provider, boolean streamed) {
    rig.then(Played.text(streamed));

    Message message = asked(hello(provider.model()).build(), streamed);

    assertThat(text(message)).isEqualTo("Lima.");
    assertThat(message.stopReason()).contains(StopReason.END_TURN);
    assertThat(message.usage().inputTokens()).isEqualTo(16);
    assertThat(message.usage().cacheReadInputTokens()).contains(8L);
    assertThat(message.usage().outputTokens()).isEqualTo(2);
    assertThat(rig.lastBody()).contains("Be brief.", "Where is Miraflores?");
  }

  @ParameterizedTest
  @MethodSource("wholeAndStreamed")
  void parallelToolCallsArriveAndTheirResultsTravelBack(Played provider, boolean streamed) {
    rig.then(Played.twoCalls(streamed));

    Message calling = asked(withTool(provider).build(), streamed);

    List<ToolUseBlock> calls =
        calling.content().stream().flatMap(block -> block.toolUse().stream()).toList();
    assertThat(calling.stopReason()).contains(StopReason.TOOL_USE);
    assertThat(calls)
        .extracting(call -> call._input().convert(Map.class))
        .containsExactly(Map.of("city", "Ulm"), Map.of("city", "Bonn"));
    assertThat(calls).extracting(ToolUseBlock::id).doesNotHaveDuplicates();
    List<ContentBlockParam> results = new ArrayList<>();
    calls.forEach(call ->
        results.add(
            ContentBlockParam.ofToolResult(
                ToolResultBlockParam.builder()
                    .toolUseId(call.id())
                    .content("rain for " + call.id())
                    .build())));
    rig.then(Played.text(streamed));

    Message told =
        asked(
            withTool(provider)
                .addMessage(calling)
                .addUserMessageOfContentBlockParams(results)
                .build(),
            streamed);

    assertThat(text(told)).isEqualTo("Lima.");
    assertThat(rig.lastBody())
        .contains("Ulm", "Bonn", "rain for " + calls.get(0).id(), "rain for " + calls.get(1).id());
    if (provider.namesCalls()) {
      assertThat(calls).extracting(ToolUseBlock::id).containsExactly("call_a", "call_b");
    }
  }

  @ParameterizedTest
  @EnumSource
  void outputThatFollowsASchemaIsAskedFor(Played provider) {
    rig.then(Played.text("{\"city\":\"Lima\"}"));
    Map<String, Object> schema =
        Map.of(
            "type",
            "object",
            "properties",
            Map.of("city", Map.of("type", "string")),
            "required",
            List.of("city"),
            "additionalProperties",
            false);
    JsonOutputFormat.Schema.Builder wanted = JsonOutputFormat.Schema.builder();
    schema.forEach((name, value) -> wanted.putAdditionalProperty(name, JsonValue.from(value)));

    Message message =
        asked(
            hello(provider.model())
                .outputConfig(
                    OutputConfig.builder()
                        .format(JsonOutputFormat.builder().schema(wanted.build()).build())
                        .build())
                .build(),
            false);

    assertThat(text(message)).isEqualTo("{\"city\":\"Lima\"}");
    assertThat(rig.lastBody()).contains("\"required\":[\"city\"]");
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

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsTheClientsExceptionAndIsNotAskedForAgainByIt(
      Played provider, int status, Class<? extends AnthropicServiceException> type, int attempts) {
    int before = rig.asked().size();
    for (int i = 0; i < attempts; i++) {
      // A pause beyond the deadline, so that the program does not wait for it.
      rig.then(
          Played.error(status, "The model is not found, in its own words.")
              .andThen(reply -> status == 429 ? reply.header("retry-after", "600") : reply));
    }

    AnthropicServiceException thrown =
        catchThrowableOfType(type, () -> asked(hello(provider.model()).build(), false));

    assertThat(thrown.statusCode()).isEqualTo(status);
    assertThat(thrown).hasMessageContaining("in its own words");
    assertThat(thrown.type()).isPresent();
    assertThat(thrown.headers().values("x-should-retry")).containsExactly("false");
    assertThat(thrown.headers().values("retry-after"))
        .isEqualTo(status == 429 ? List.of("600") : List.of());
    assertThat(rig.asked()).hasSize(before + attempts);
  }

  @Test
  void aModelThatNobodyHasIsNotFound() {
    assertThatThrownBy(() -> asked(hello("nobody/m").build(), false))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("nobody/m");
  }

  @ParameterizedTest
  @EnumSource
  void tokensAreCounted(Played provider) {
    switch (provider) {
      case ANTHROPIC -> rig.then(Reply.json(200, "{\"input_tokens\":24}"));
      case GEMINI -> rig.then(Reply.json(200, "{\"totalTokens\":24}"));
      case OPENAI, RESPONDER, AZURE -> {}
    }

    MessageTokensCount count =
        rig.anthropic()
            .messages()
            .countTokens(
                MessageCountTokensParams.builder()
                    .model(provider.model())
                    .addUserMessage("Where is Miraflores?")
                    .build())
            .validate();

    assertThat(count.inputTokens()).isBetween(5L, 24L);
  }

  @Test
  void modelsAreListedAndFound() {
    assertThat(rig.anthropic().models().list().autoPager().stream().map(ModelInfo::validate))
        .extracting(ModelInfo::id)
        .contains("sim/echo");
    assertThat(rig.anthropic().models().retrieve("sim/echo").validate().id()).isEqualTo("sim/echo");
  }
}
