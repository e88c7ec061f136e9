package dev.assay.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Streaming;
import dev.assay.providers.attempt.Account;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.openai.CapName;
import dev.assay.wire.openai.ChatRequestReader;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatBodyTest {
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

  @Test
  void keepsEveryByteButTheModelsName() {
    String odd =
        " {\n\t\"messages\" : [ {\"role\":\"user\",\"content\":\"\\u0068i \\/ é\"} ],\r\n"
            + "  \"temperature\": 0.10000000000000000001, \"x-new\":{\"a\":[1E+2,null]},"
            + " \"model\" : \"openai\\/gpt-x\" , \"n\":1\n} \n";
    ChatRequest request = read(odd).withModel("gpt-x");
    assertThat(of(request).utf8()).isEqualTo(odd.replace("\"openai\\/gpt-x\"", "\"gpt-x\""));
  }

  @Test
  void takesOutWhatIsMeantForAssay() {
    String body = "{\"model\":\"m\",\"assay\":{\"group\":\"g\"}," + MESSAGES + "}";
    assertThat(of(read(body)).utf8()).isEqualTo("{\"model\":\"m\"," + MESSAGES + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | ,\"stream_options\":{\"include_usage\":true}",
        ",\"stream_options\":null | ,\"stream_options\":{\"include_usage\":true}",
        ",\"stream_options\":{} | ,\"stream_options\":{\"include_usage\":true}",
        ",\"stream_options\":{\"include_usage\":false} |"
            + " ,\"stream_options\":{\"include_usage\":true}",
        ",\"stream_options\":{ \"x\":1 } | ,\"stream_options\":{ \"x\":1,\"include_usage\":true }",
        ",\"stream_options\": { \"include_usage\" : true } |"
            + " ,\"stream_options\": { \"include_usage\" : true }",
      })
  void asksForTheUsageOfAStreamAndKeepsOtherOptions(String options, String expected) {
    String body = "{\"model\":\"m\"," + MESSAGES + ",\"stream\":true";
    assertThat(of(read(body + options + "}")).utf8()).isEqualTo(body + expected + "}");
  }

  @Test
  void addsNothingToARequestThatWantsNoStream() {
    String body = "{\"model\":\"m\"," + MESSAGES + ",\"stream\":false}";
    assertThat(of(read(body)).utf8()).isEqualTo(body);
  }

  @Test
  void followsAStrategyThatWantsTheAnswerInAnotherWay() {
    String streamed = "{\"model\":\"m\",\"stream\":true,\"stream_options\":{}," + MESSAGES + "}";
    assertThat(of(read(streamed).withStreaming(Streaming.NONE)).utf8())
        .isEqualTo("{\"model\":\"m\",\"stream\":false," + MESSAGES + "}");
    String whole = "{\"model\":\"m\"," + MESSAGES + "}";
    assertThat(of(read(whole).withStreaming(Streaming.EVENTS)).utf8())
        .isEqualTo(
            "{\"model\":\"m\","
                + MESSAGES
                + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
  }

  @Test
  void writesARequestThatCameInNoFormat() {
    ChatRequest request = ChatRequest.of("m", "hi");
    assertThat(of(request).utf8()).isEqualTo("{\"model\":\"m\"," + MESSAGES + "}");
    assertThat(of(request.withStreaming(Streaming.EVENTS)).utf8())
        .endsWith("\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
  }

  @ParameterizedTest
  @CsvSource({
    "openai, https://api.openai.com/v1, max_completion_tokens",
    "openai, http://127.0.0.1:8000/v1, max_completion_tokens",
    "europe, https://EU.api.openai.com/v1, max_completion_tokens",
    "hyperbolic, https://api.hyperbolic.xyz/v1, max_tokens",
    "ollama, http://127.0.0.1:11434/v1, max_tokens",
    "odd, https://notopenai.com/v1, max_tokens",
  })
  void callsTheCapOfARequestThatCameInNoFormatAsItsProviderDoes(
      String provider, URI address, String member) {
    Account settings = Account.of(provider, address, Optional.empty(), "test");
    ChatRequest plain = ChatRequest.of("m", "hi");
    ChatRequest capped =
        new ChatRequest(
            plain.model(),
            plain.messages(),
            new Sampling(
                Optional.empty(),
                Optional.empty(),
                Optional.of(99L),
                List.of(),
                Optional.empty(),
                Optional.empty()),
            plain.tools(),
            plain.format(),
            plain.reasoning(),
            plain.streaming(),
            Optional.empty());
    assertThat(ChatBody.of(capped, OpenAiProvider.capName(settings)).utf8())
        .isEqualTo("{\"model\":\"m\"," + MESSAGES + ",\"" + member + "\":99}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_tokens", "max_completion_tokens"})
  void leavesTheClientsOwnCapAsItIs(String member) {
    String body = "{\"model\":\"m\"," + MESSAGES + ",\"" + member + "\":7}";
    assertThat(ChatBody.of(read(body), CapName.MAX_COMPLETION_TOKENS).utf8()).isEqualTo(body);
  }

  private static Bytes of(ChatRequest request) {
    return ChatBody.of(request, CapName.MAX_TOKENS);
  }

  static ChatRequest read(String body) {
    return switch (ChatRequestReader.read(Bytes.utf8(body), Map.of(), Optional.empty())) {
      case RequestRead.Valid valid -> valid.request();
      case RequestRead.Invalid invalid -> throw new AssertionError(invalid.message());
    };
  }
}
