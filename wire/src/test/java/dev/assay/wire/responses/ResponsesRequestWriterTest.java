package dev.assay.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.CacheHint;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.Role;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.RequestRead;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResponsesRequestWriterTest {
  private static String written(ChatRequest request) {
    return ResponsesRequestWriter.write(request).utf8();
  }

  private static String items(Message... messages) {
    String body = written(ChatRequest.of("m", List.of(messages)));
    String start = "{\"model\":\"m\",\"input\":";
    String end = ",\"store\":false}";
    assertThat(body).startsWith(start).endsWith(end);
    return body.substring(start.length(), body.length() - end.length());
  }

  private static Message message(Role role, Part... parts) {
    return new Message(role, List.of(parts), Optional.empty());
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_conversation_reads_as_the_same_conversation(long seed) {
    ChatRequest request = new RandomConversation(seed).request();
    RequestRead read =
        ResponsesRequestReader.read(
            ResponsesRequestWriter.write(request), Map.of(), Optional.empty());
    assertThat(read).as("seed %d", seed).isInstanceOf(RequestRead.Valid.class);
    assertThat(withoutWire(((RequestRead.Valid) read).request()))
        .as("seed %d", seed)
        .isEqualTo(request);
  }

  private static ChatRequest withoutWire(ChatRequest request) {
    return new ChatRequest(
        request.model(),
        request.messages(),
        request.sampling(),
        request.tools(),
        request.format(),
        request.reasoning(),
        request.streaming(),
        Optional.empty());
  }

  @Test
  void a_small_request_asks_to_keep_nothing() {
    assertThat(written(ChatRequest.of("m", "hi")))
        .isEqualTo(
            "{\"model\":\"m\",\"input\":[{\"type\":\"message\",\"role\":\"user\","
                + "\"content\":\"hi\"}],\"store\":false}");
  }

  @Test
  void reasoning_is_asked_for_with_its_summary_and_what_brings_it_back() {
    ChatRequest request =
        ChatRequest.of("m", "hi")
            .withReasoning(new ReasoningSetting(Optional.of("low"), Optional.empty()));
    assertThat(written(request))
        .endsWith(
            "\"reasoning\":{\"effort\":\"low\",\"summary\":\"auto\"},"
                + "\"include\":[\"reasoning.encrypted_content\"],\"store\":false}");
    ChatRequest none =
        ChatRequest.of("m", "hi")
            .withReasoning(new ReasoningSetting(Optional.of("none"), Optional.empty()));
    assertThat(written(none)).endsWith("\"reasoning\":{\"effort\":\"none\"},\"store\":false}");
  }

  @Test
  void a_budget_alone_is_asked_for_as_reasoning() {
    ChatRequest request =
        ChatRequest.of("m", "hi")
            .withReasoning(new ReasoningSetting(Optional.empty(), Optional.of(5000L)));
    assertThat(written(request)).contains("\"reasoning\":{\"summary\":\"auto\"}");
  }

  @Test
  void reasoning_of_other_providers_is_left_out() {
    Signature foreign =
        new Signature(
            WireFormat.ANTHROPIC_MESSAGES, Signature.Kind.SIGNATURE, "x", Optional.empty());
    assertThat(
            items(
                message(
                    Role.ASSISTANT,
                    new Part.Reasoning("a", Optional.of(foreign)),
                    new Part.Reasoning("b", Optional.empty()),
                    new Part.Text("c"))))
        .isEqualTo(
            "[{\"type\":\"message\",\"role\":\"assistant\",\"content\":["
                + "{\"type\":\"output_text\",\"text\":\"c\"}]}]");
  }

  @Test
  void what_has_no_form_is_left_out() {
    assertThat(
            items(
                new Message(
                    Role.USER,
                    List.of(
                        new Part.Text("a"),
                        new Part.CachePoint(new CacheHint(Optional.empty())),
                        new Part.Opaque(WireFormat.GEMINI, Bytes.utf8("{}"))),
                    Optional.of("Ann")),
                message(Role.ASSISTANT),
                message(Role.ASSISTANT, new Part.Logprobs(List.of()))))
        .isEqualTo("[{\"type\":\"message\",\"role\":\"user\",\"content\":\"a\"}]");
  }

  @Test
  void items_keep_their_order_around_what_is_said() {
    assertThat(
            items(
                message(
                    Role.ASSISTANT,
                    new Part.Text("a"),
                    new Part.ToolCall("c1", "f", "{}"),
                    new Part.Text("b")),
                message(Role.TOOL, new Part.ToolResult("c1", List.of(), true), new Part.Text("d"))))
        .isEqualTo(
            "[{\"type\":\"message\",\"role\":\"assistant\",\"content\":["
                + "{\"type\":\"output_text\",\"text\":\"a\"}]},"
                + "{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"f\","
                + "\"arguments\":\"{}\"},"
                + "{\"type\":\"message\",\"role\":\"assistant\",\"content\":["
                + "{\"type\":\"output_text\",\"text\":\"b\"}]},"
                + "{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"\"},"
                + "{\"type\":\"message\",\"role\":\"user\",\"content\":\"d\"}]");
  }

  @Test
  void a_document_always_has_a_name() {
    assertThat(
            items(
                message(
                    Role.USER, new Part.DocumentData("application/pdf", "QQ==", Optional.empty()))))
        .contains("\"filename\":\"document.pdf\"");
  }

  @Test
  void log_probabilities_are_asked_for_in_two_places() {
    Sampling sampling =
        new Sampling(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of("x"),
            Optional.of(1L),
            Optional.of(2),
            Optional.of(3),
            Optional.of(0.5),
            Optional.of(0.5),
            Optional.of(2));
    ChatRequest plain = ChatRequest.of("m", "hi");
    assertThat(
            written(
                new ChatRequest(
                    plain.model(),
                    plain.messages(),
                    sampling,
                    plain.tools(),
                    plain.format(),
                    plain.reasoning(),
                    plain.streaming(),
                    Optional.empty())))
        .endsWith(
            "],\"top_logprobs\":2,\"include\":[\"message.output_text.logprobs\"],"
                + "\"store\":false}");
  }
}
