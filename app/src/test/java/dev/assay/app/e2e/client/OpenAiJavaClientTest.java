package dev.assay.app.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIIoException;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.Model;
import com.openai.services.blocking.chat.ChatCompletionService;
import dev.assay.core.bytes.Bytes;
import dev.assay.testkit.upstream.Gate;
import dev.assay.testkit.upstream.Happening;
import dev.assay.testkit.upstream.Received;
import dev.assay.testkit.upstream.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** OpenAI's official client, only its base URL changed: names, models, what travels unchanged. */
class OpenAiJavaClientTest {
  private static SdkRig rig;

  @BeforeAll
  static void start() {
    rig = SdkRig.start();
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  private static ChatCompletionCreateParams.Builder hello(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hello");
  }

  private static ChatCompletionService.WithRawResponse completions() {
    return rig.client().chat().completions().withRawResponse();
  }

  private static String text(ChatCompletion completion) {
    return completion.choices().getFirst().message().content().orElseThrow();
  }

  @Nested
  class AModelName {
    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o-mini", "openai/gpt-4o-mini", "panel"})
    void mayBeBareOrPrefixedOrAnAlias(String name) {
      rig.then(Reply.json(200, Replies.completion("Hi")));

      try (var response = completions().create(hello(name).build())) {
        assertThat(text(response.parse())).isEqualTo("Hi");
        assertThat(rig.lastAsked().body())
            .isEqualTo(rig.sentDirectly(hello("gpt-4o-mini").build()));
        JsonNode call = rig.recorded(response);
        assertThat(call.path("provider").asString()).isEqualTo("openai");
        assertThat(call.path("model").asString()).isEqualTo("gpt-4o-mini-2024-07-18");
        assertThat(call.at("/request_json/model").asString()).isEqualTo(name);
      }
    }

    @Test
    void ofAProviderThatIsNotThereIsRefusedAndNothingIsSent() {
      int before = rig.asked().size();

      assertThatThrownBy(
              () -> rig.client().chat().completions().create(hello("hyperbolic/llama").build()))
          .isInstanceOfSatisfying(
              NotFoundException.class,
              refused -> {
                assertThat(refused.code()).contains("model_not_found");
                assertThat(refused.param()).contains("model");
                assertThat(refused).hasMessageContaining("hyperbolic/llama");
              });
      assertThat(rig.asked()).hasSize(before);
    }
  }

  @Nested
  class AnAnswer {
    @Test
    void saysWhichCallItWasAndExactlyWhatItCost() {
      rig.then(
          Reply.json(200, Replies.completion("Hi"))
              .header("x-request-id", "req_1")
              .header("x-ratelimit-remaining-requests", "99")
              .header("set-cookie", "no=1"));

      try (var response = completions().create(hello("gpt-4o-mini").build())) {
        assertThat(SdkRig.header(response, "x-assay-cost-usd")).isEqualTo(Replies.COST);
        assertThat(SdkRig.header(response, "x-assay-attempts")).isEqualTo("1");
        assertThat(response.requestId()).contains("req_1");
        assertThat(SdkRig.header(response, "x-ratelimit-remaining-requests")).isEqualTo("99");
        assertThat(response.headers().values("set-cookie")).isEmpty();
        JsonNode call = rig.recorded(response);
        assertThat(call.path("status").asString()).isEqualTo("success");
        assertThat(call.path("kind").asString()).isEqualTo("provider");
        assertThat(call.path("cost_usd").decimalValue()).isEqualByComparingTo(Replies.COST);
        assertThat(call.path("cost_basis").asString()).isEqualTo("known");
        assertThat(call.path("tokens_json").toString())
            .isEqualTo(
                "{\"input\":600,\"cache_read\":400,\"cache_write_5m\":0,\"cache_write_1h\":0,"
                    + "\"output\":200,\"reasoning\":50,\"total\":1200,\"provenance\":\"reported\"}");
        assertThat(call.at("/call_attempts/0/provider_request_id").asString()).isEqualTo("req_1");
      }
    }

    @Test
    void ofAModelWithoutAPriceNamesNoCost() {
      rig.then(
          Reply.json(
              200, Replies.completion("Hi").replace("gpt-4o-mini-2024-07-18", "gpt-in-house")));

      try (var response = completions().create(hello("openai/gpt-in-house").build())) {
        assertThat(response.headers().values("x-assay-cost-usd")).isEmpty();
        assertThat(rig.recorded(response).path("cost_usd").isNull()).isTrue();
        assertThat(rig.recorded(response).path("cost_basis").asString()).isEqualTo("unknown");
      }
    }

    @Test
    void arrivesByteForByteWithMembersThatNobodyKnows() throws IOException {
      String body =
          Replies.completion("ignored")
              .replace("\"choices\"", "\n \"x_new\" : {\"b\":1.50e2, \"a\":[ ]} ,\t\"choices\"")
              .replace("ignored", "\\u00fc \\ud83d\\ude00");
      rig.then(Reply.json(200, body));

      try (var response = completions().create(hello("gpt-4o-mini").build());
          InputStream bytes = response.body()) {
        assertThat(new String(bytes.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(body);
      }
      rig.then(Reply.json(200, body));
      ChatCompletion parsed =
          rig.client().chat().completions().create(hello("gpt-4o-mini").build());
      assertThat(text(parsed)).isEqualTo("ü 😀");
      assertThat(parsed._allProperties()).containsKey("x_new");
    }
  }

  @Nested
  class ARequest {
    @Test
    void travelsByteForByteWithMembersThatNobodyKnows() {
      ChatCompletionCreateParams params =
          hello("gpt-4o-mini")
              .reasoningEffort(ReasoningEffort.LOW)
              .temperature(0.30000000000000004)
              .safetyIdentifier("someone")
              .metadata(
                  ChatCompletionCreateParams.Metadata.builder()
                      .putAdditionalProperty("k", JsonValue.from("v"))
                      .build())
              .putAdditionalBodyProperty("seed", JsonValue.from(Long.MAX_VALUE))
              .putAdditionalBodyProperty(
                  "x_new", JsonValue.from(Map.of("deep", List.of(1, 2.5, "ü😀\\\"\n"))))
              .build();
      Bytes expected = rig.sentDirectly(params);
      rig.then(Reply.json(200, Replies.completion("Hi")));

      try (var response = completions().create(params)) {
        assertThat(rig.lastAsked().body()).isEqualTo(expected);
        assertThat(rig.lastAsked().body().utf8()).contains("\"reasoning_effort\":\"low\"");
        assertThat(rig.recorded(response).path("user_id").asString()).isEqualTo("someone");
      }
    }

    @Test
    void keepsItsQueryAndBetaHeaderButNeverTheClientsKey() {
      rig.then(Reply.json(200, Replies.completion("Hi")));

      rig.client()
          .chat()
          .completions()
          .create(
              hello("gpt-4o-mini")
                  .putAdditionalHeader("openai-beta", "x=v1")
                  .putAdditionalHeader("x-api-key", SdkRig.CLIENT_KEY)
                  .putAdditionalHeader("cookie", "session=" + SdkRig.CLIENT_KEY)
                  .putAdditionalQueryParam("trace", "a b")
                  .build());

      Received asked = rig.lastAsked();
      assertThat(asked.query()).contains("trace=a%20b");
      assertThat(asked.header("openai-beta")).contains("x=v1");
      assertThat(asked.header("authorization")).contains("Bearer " + SdkRig.PROVIDER_KEY);
      assertThat(asked.text()).doesNotContain(SdkRig.CLIENT_KEY);
    }

    @Test
    void losesWhatIsMeantForTheLedgerOnly() {
      rig.then(Reply.json(200, Replies.completion("Hi")));
      ChatCompletionCreateParams params =
          hello("gpt-4o-mini")
              .putAdditionalBodyProperty(
                  "assay", JsonValue.from(Map.of("metadata", Map.of("ticket", "4711"))))
              .putAdditionalHeader("x-assay-group", "a group")
              .build();

      try (var response = completions().create(params)) {
        assertThat(rig.lastAsked().text()).doesNotContain("x-assay", "4711", "a group");
        assertThat(rig.lastAsked().body())
            .isEqualTo(rig.sentDirectly(hello("gpt-4o-mini").build()));
        assertThat(rig.recorded(response).at("/metadata_json/ticket").asString()).isEqualTo("4711");
        assertThat(rig.ledger().group("a group")).hasSize(1);
      }
    }
  }

  @Nested
  class ModelsOfTheProgram {
    @Test
    void areListed() {
      assertThat(rig.client().models().list().data())
          .extracting(Model::id)
          .contains("panel", "openai/gpt-4o-mini", "openai/gpt-4.1", "sim/echo", "sim/small");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai/gpt-4o-mini", "gpt-4o-mini"})
    void areFoundByName(String name) {
      Model found = rig.client().models().retrieve(name);

      assertThat(found.id()).isEqualTo("openai/gpt-4o-mini");
      assertThat(found.ownedBy()).isNotBlank();
    }

    @Test
    void doNotIncludeUnknownOnes() {
      assertThatThrownBy(() -> rig.client().models().retrieve("no/such"))
          .isInstanceOfSatisfying(
              NotFoundException.class,
              refused -> assertThat(refused.code()).contains("model_not_found"));
    }
  }

  @Nested
  class AClientThatStopsWaiting {
    @Test
    void leavesACallThatRunsToItsEndAndIsRecorded() {
      Gate gate = new Gate();
      rig.then(Reply.json(200, Replies.completion("late")).at(0, new Happening.Hold(gate)));
      ChatCompletionCreateParams params =
          hello("gpt-4o-mini").putAdditionalHeader("x-assay-group", "impatient").build();

      OpenAIClient impatient =
          SdkRig.client(rig.uri()).timeout(Duration.ofMillis(300)).maxRetries(0).build();
      assertThatThrownBy(() -> impatient.chat().completions().create(params))
          .isInstanceOf(OpenAIIoException.class);
      impatient.close();

      gate.open();
      JsonNode call = rig.ledger().awaited("impatient", row -> true);
      assertThat(call.path("status").asString()).isEqualTo("success");
      assertThat(call.path("cost_usd").decimalValue()).isEqualByComparingTo(Replies.COST);
      assertThat(call.at("/response_json/choices/0/message/content").asString()).isEqualTo("late");
    }
  }
}
