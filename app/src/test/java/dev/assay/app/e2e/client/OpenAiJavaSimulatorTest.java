package dev.assay.app.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.models.Model;
import dev.assay.app.RunningAssay;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** OpenAI's official client, only its base URL changed, of a program that has no key. */
class OpenAiJavaSimulatorTest {
  private static RunningAssay program;
  private static Ledger ledger;
  private static OpenAIClient client;

  @BeforeAll
  static void start() {
    program = RunningAssay.start(Map.of());
    ledger = new Ledger(program.uri());
    client = SdkRig.client(program.uri()).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    ledger.close();
    program.close();
  }

  private static ChatCompletionCreateParams.Builder hello(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("Grüße, 世界 😀");
  }

  private static JsonNode recorded(HttpResponse response) {
    return ledger.call(SdkRig.header(response, "x-assay-call-id"));
  }

  @Test
  void theEchoAnswersWithWhatWasSaid() {
    try (var response =
        client.chat().completions().withRawResponse().create(hello("sim/echo").build())) {
      assertThat(response.parse().choices().getFirst().message().content())
          .contains("Grüße, 世界 😀");
      assertThat(response.parse().isValid()).isTrue();
      assertThat(SdkRig.header(response, "x-assay-simulated")).isEqualTo("true");
      assertThat(recorded(response).path("simulated").booleanValue()).isTrue();
    }
  }

  @Test
  void theEchoStreamsWithUsageForWhoAsks() {
    ChatCompletionCreateParams params =
        hello("echo")
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();

    try (var response = client.chat().completions().withRawResponse().createStreaming(params);
        StreamResponse<ChatCompletionChunk> stream = response.parse()) {
      List<ChatCompletionChunk> chunks = stream.stream().toList();
      assertThat(text(chunks)).isEqualTo("Grüße, 世界 😀");
      long total = chunks.getLast().usage().orElseThrow().totalTokens();
      assertThat(recorded(response).at("/tokens_json/total").longValue()).isEqualTo(total);
    }
  }

  @Test
  void theEchoStreamsWithoutUsageForWhoDoesNot() {
    try (var response =
            client
                .chat()
                .completions()
                .withRawResponse()
                .createStreaming(hello("sim/echo").build());
        StreamResponse<ChatCompletionChunk> stream = response.parse()) {
      List<ChatCompletionChunk> chunks = stream.stream().toList();
      assertThat(text(chunks)).isEqualTo("Grüße, 世界 😀");
      assertThat(chunks).noneMatch(chunk -> chunk.usage().isPresent());
      assertThat(recorded(response).at("/tokens_json/total").longValue()).isPositive();
    }
  }

  private static String text(List<ChatCompletionChunk> chunks) {
    StringBuilder text = new StringBuilder();
    chunks.stream()
        .flatMap(chunk -> chunk.choices().stream())
        .forEach(choice -> text.append(choice.delta().content().orElse("")));
    return text.toString();
  }

  @Test
  void withoutAnyKeyOnlyTheProgramsOwnModelsAreListed() {
    assertThat(client.models().list().data())
        .extracting(Model::id)
        .contains("sim/echo", "sim/small", "sim/large", "sim/flaky")
        .contains("local/all-minilm-l6-v2")
        .allMatch(id -> id.startsWith("sim/") || id.startsWith("local/"));
  }

  @Test
  void aModelWhoseProviderHasNoKeySaysWhichIsMissing() {
    assertThatThrownBy(() -> client.chat().completions().create(hello("gpt-4o-mini").build()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("OPENAI_API_KEY");
  }
}
