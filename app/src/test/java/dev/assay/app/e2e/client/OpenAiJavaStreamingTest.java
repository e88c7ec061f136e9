package dev.assay.app.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.errors.SseException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.services.blocking.chat.ChatCompletionService;
import dev.assay.testkit.upstream.Gate;
import dev.assay.testkit.upstream.Happening;
import dev.assay.testkit.upstream.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** OpenAI's official client, only its base URL changed: answers that arrive as events. */
class OpenAiJavaStreamingTest {
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

  private static ChatCompletionCreateParams helloWithUsage() {
    return hello()
        .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
        .build();
  }

  private static ChatCompletionService.WithRawResponse completions() {
    return rig.client().chat().completions().withRawResponse();
  }

  private static List<ChatCompletionChunk> chunks(
      HttpResponseFor<StreamResponse<ChatCompletionChunk>> response) {
    try (StreamResponse<ChatCompletionChunk> chunks = response.parse()) {
      return chunks.stream().toList();
    }
  }

  private static String text(List<ChatCompletionChunk> chunks) {
    StringBuilder text = new StringBuilder();
    chunks.forEach(chunk -> text.append(text(chunk)));
    return text.toString();
  }

  private static String text(ChatCompletionChunk chunk) {
    return chunk.choices().stream()
        .findFirst()
        .flatMap(choice -> choice.delta().content())
        .orElse("");
  }

  private static void assertUsageRecorded(JsonNode call) {
    assertThat(call.at("/tokens_json/total").intValue()).isEqualTo(1200);
    assertThat(call.at("/tokens_json/provenance").asString()).isEqualTo("reported");
    assertThat(call.path("cost_usd").decimalValue()).isEqualByComparingTo(Replies.COST);
  }

  @Nested
  class Usage {
    @Test
    void doesNotReachAClientThatDidNotAskButTheLedger() {
      rig.then(Replies.stream("Hel", "lo"));

      try (var response = completions().createStreaming(hello().build())) {
        List<ChatCompletionChunk> chunks = chunks(response);
        assertThat(text(chunks)).isEqualTo("Hello");
        assertThat(chunks).noneMatch(chunk -> chunk.usage().isPresent());
        assertThat(chunks).noneMatch(chunk -> chunk.choices().isEmpty());
        assertThat(rig.lastAsked().body().utf8())
            .contains("\"stream_options\":{\"include_usage\":true}");
        assertUsageRecorded(rig.recorded(response));
      }
    }

    @Test
    void reachesAClientThatAskedAndTheLedger() {
      rig.then(Replies.stream("Hel", "lo"));

      try (var response = completions().createStreaming(helloWithUsage())) {
        List<ChatCompletionChunk> chunks = chunks(response);
        assertThat(text(chunks)).isEqualTo("Hello");
        assertThat(chunks.getLast().choices()).isEmpty();
        assertThat(chunks.getLast().usage().orElseThrow().totalTokens()).isEqualTo(1200);
        assertThat(chunks.subList(0, chunks.size() - 1))
            .noneMatch(chunk -> chunk.usage().isPresent());
        assertUsageRecorded(rig.recorded(response));
      }
    }
  }

  @Nested
  class Events {
    @Test
    void leaveAsTheyComeWithTheCallsIdentifierAtTheHead() {
      Gate gate = new Gate();
      rig.then(Replies.stream("first", "second").before(2, new Happening.Hold(gate)));

      try (var response = completions().createStreaming(hello().build());
          StreamResponse<ChatCompletionChunk> stream = response.parse()) {
        Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
        String got = text(chunks.next());
        while (got.isEmpty()) {
          got = text(chunks.next());
        }
        assertThat(got).isEqualTo("first");
        assertThat(SdkRig.header(response, "x-assay-call-id")).hasSize(36);
        gate.open();
        List<ChatCompletionChunk> rest = new ArrayList<>();
        chunks.forEachRemaining(rest::add);
        assertThat(text(rest)).isEqualTo("second");
        assertThat(rig.recorded(response).path("ttft_ms").isNumber()).isTrue();
      }
    }

    @Test
    void arriveByteForByteWithEventsAndMembersThatNobodyKnows() throws IOException {
      List<String> events = new ArrayList<>();
      events.add(": a comment\n\n");
      events.add(Replies.delta("{\"role\":\"assistant\",\"content\":\"\"}"));
      events.add(Replies.delta("{ \"x_new\" : [ 1.50e2 ],\"content\":\"\\u00fc\"}"));
      events.add("event: x-new\ndata: {\"some\":\"thing\"}\n\n");
      events.add(Replies.text("b"));
      events.addAll(Replies.ending("stop"));
      rig.then(Reply.events(events));

      try (var response = completions().createStreaming(helloWithUsage());
          InputStream bytes = response.body()) {
        String got = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(got).isEqualTo(String.join("", events.subList(1, events.size())));
      }
    }

    @Test
    void addUpToTheCallsOfTools() {
      List<String> events = new ArrayList<>();
      events.add(
          Replies.delta(
              "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                  + "{\"index\":0,\"id\":\"call_a\",\"type\":\"function\","
                  + "\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}"));
      events.add(arguments(0, "{\\\"city\\\":"));
      events.add(arguments(0, "\\\"Ulm\\\"}"));
      events.add(
          Replies.delta(
              "{\"tool_calls\":["
                  + "{\"index\":1,\"id\":\"call_b\",\"type\":\"function\","
                  + "\"function\":{\"name\":\"time\",\"arguments\":\"{}\"}}]}"));
      events.addAll(Replies.ending("tool_calls"));
      rig.then(Reply.events(events));

      try (var response = completions().createStreaming(hello().build())) {
        ChatCompletionAccumulator all = ChatCompletionAccumulator.create();
        chunks(response).forEach(all::accumulate);
        ChatCompletion whole = all.chatCompletion();
        assertThat(whole.choices().getFirst().message().toolCalls().orElseThrow())
            .extracting(
                call -> call.asFunction().id(), call -> call.asFunction().function().arguments())
            .containsExactly(tuple("call_a", "{\"city\":\"Ulm\"}"), tuple("call_b", "{}"));
        assertThat(rig.recorded(response).at("/metadata_json/assay/finish_reason").asString())
            .isEqualTo("tool_calls");
      }
    }

    private static String arguments(int index, String part) {
      return Replies.delta(
          "{\"tool_calls\":[{\"index\":"
              + index
              + ",\"function\":{\"arguments\":\""
              + part
              + "\"}}]}");
    }
  }

  @Nested
  class AStreamThatBreaks {
    @Test
    void beforeItsFirstContentIsAskedForAgain() {
      rig.then(
          Replies.stream("lost").before(1, new Happening.Reset()), Replies.stream("Hel", "lo"));

      try (var response = completions().createStreaming(hello().build())) {
        assertThat(text(chunks(response))).isEqualTo("Hello");
        JsonNode call = rig.recorded(response);
        assertThat(call.path("status").asString()).isEqualTo("success");
        assertThat(call.path("attempts").intValue()).isEqualTo(2);
        assertThat(call.at("/call_attempts/0/error_code").asString()).isEqualTo("connection_lost");
        assertThat(call.at("/call_attempts/1/retry_reason").asString())
            .isEqualTo("connection_lost");
      }
    }

    @Test
    void inTheMiddleByAClosedConnectionIsAnErrorForTheClient() {
      assertBreaks(Replies.stream("Hel", "lo").before(2, new Happening.Close()), "connection_lost");
    }

    @Test
    void inTheMiddleByAResetIsAnErrorForTheClient() {
      assertBreaks(Replies.stream("Hel", "lo").before(2, new Happening.Reset()), "connection_lost");
    }

    @Test
    void withoutItsFinishReasonIsAnErrorForTheClient() {
      assertBreaks(
          Reply.events(Replies.delta("{\"role\":\"assistant\"}"), Replies.text("Hel")),
          "connection_lost");
    }

    @Test
    void behindItsFinishReasonIsWhole() {
      rig.then(
          Reply.events(
                  Replies.delta("{\"role\":\"assistant\"}"),
                  Replies.text("Hello"),
                  Replies.ending("stop").getFirst())
              .thenClose());

      try (var response = completions().createStreaming(helloWithUsage())) {
        assertThat(text(chunks(response))).isEqualTo("Hello");
        JsonNode call = rig.recorded(response);
        assertThat(call.path("status").asString()).isEqualTo("success");
        assertThat(call.at("/tokens_json/provenance").asString()).isNotEqualTo("reported");
      }
    }

    @Test
    void withAnErrorEventIsThatErrorForTheClient() {
      int before = rig.asked().size();
      rig.then(
          Reply.events(
              Replies.text("Hel"),
              "data: {\"error\":{\"message\":\"The engine stopped.\",\"type\":\"server_error\","
                  + "\"param\":null,\"code\":null}}\n\n"));

      try (var response = completions().createStreaming(hello().build())) {
        assertThatThrownBy(() -> chunks(response))
            .isInstanceOf(SseException.class)
            .hasMessageContaining("The engine stopped.");
        assertFailed(rig.recorded(response), "provider_error");
      }
      assertThat(rig.asked()).hasSize(before + 1);
    }

    private static void assertBreaks(Reply reply, String code) {
      int before = rig.asked().size();
      rig.then(reply);

      try (var response = completions().createStreaming(helloWithUsage())) {
        assertThatThrownBy(() -> chunks(response)).isInstanceOf(OpenAIException.class);
        assertFailed(rig.recorded(response), code);
      }
      assertThat(rig.asked()).hasSize(before + 1);
    }

    private static void assertFailed(JsonNode call, String code) {
      assertThat(call.path("status").asString()).isEqualTo("failed");
      assertThat(call.path("error_code").asString()).isEqualTo(code);
      assertThat(call.path("delivered").asString()).isEqualTo("partial");
      assertThat(call.path("attempts").intValue()).isEqualTo(1);
    }
  }

  @Nested
  class AClientThatLeaves {
    @Test
    void leavesItsUsageInTheLedger() {
      Gate gate = new Gate();
      rig.then(Replies.stream("Hel", "lo").before(2, new Happening.Hold(gate)));
      ChatCompletionCreateParams params =
          hello().putAdditionalHeader("x-assay-group", "left").build();

      try (var response = completions().createStreaming(params);
          StreamResponse<ChatCompletionChunk> stream = response.parse()) {
        assertThat(stream.stream().iterator().next().id()).isEqualTo("chatcmpl-1");
      }
      gate.open();

      assertUsageRecorded(rig.ledger().awaited("left", row -> true));
    }
  }
}
