package dev.assay.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.CacheHint;
import dev.assay.core.request.ChatRequest;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChatRequestWriterTest {
  private static final Part TEXT = new Part.Text("hi \"you\"\n🙂 \ud800");

  private static Message message(Role role, Part... parts) {
    return new Message(role, List.of(parts), Optional.empty());
  }

  private static ChatRequest request(
      List<Message> messages, Tools tools, ResponseFormat format, Streaming streaming) {
    return new ChatRequest(
        "openai/m",
        messages,
        new Sampling(
            Optional.of(0.25),
            Optional.of(0.5),
            Optional.of(99L),
            List.of("x", "y"),
            Optional.of(5L),
            Optional.of(2)),
        tools,
        format,
        new ReasoningSetting(Optional.of("low"), Optional.empty()),
        streaming,
        Optional.empty());
  }

  static Stream<ChatRequest> requests() {
    List<Message> conversation =
        List.of(
            message(Role.SYSTEM, TEXT),
            new Message(Role.USER, List.of(TEXT), Optional.of("Ann")),
            message(
                Role.USER,
                TEXT,
                new Part.ImageUrl("https://x/y", Optional.of("high")),
                new Part.ImageData("image/png", "QUJD", Optional.empty()),
                new Part.Opaque(WireFormat.OPENAI_CHAT, Bytes.utf8("{\"type\":\"x\",\"y\":[1]}"))),
            message(Role.ASSISTANT, TEXT, new Part.ToolCall("c1", "f", "{\"a\": 1}")),
            message(Role.TOOL, new Part.ToolResult("c1", List.of(TEXT), false)),
            message(Role.ASSISTANT, new Part.ToolCall("c2", "g", "")));
    Tool tool =
        new Tool(
            "f",
            Optional.of("d"),
            Optional.of(Bytes.utf8("{\"type\": \"object\"}")),
            Optional.of(true));
    Tool small = new Tool("g", Optional.empty(), Optional.empty(), Optional.empty());
    ResponseFormat schema =
        new ResponseFormat.JsonSchema("n", Bytes.utf8("{ }"), Optional.of(false));
    return Stream.of(
        ChatRequest.of("m", "hi"),
        request(conversation, Tools.NONE, new ResponseFormat.Text(), Streaming.NONE),
        request(
            conversation,
            new Tools(
                List.of(tool, small), Optional.of(new ToolChoice.Named("f")), Optional.of(true)),
            schema,
            Streaming.EVENTS),
        request(
            conversation,
            new Tools(List.of(tool), Optional.of(new ToolChoice.Auto()), Optional.empty()),
            new ResponseFormat.JsonObject(),
            Streaming.EVENTS_WITH_USAGE),
        request(
            conversation,
            new Tools(List.of(tool), Optional.of(new ToolChoice.Required()), Optional.empty()),
            schema,
            Streaming.NONE),
        request(
            conversation,
            new Tools(List.of(tool), Optional.of(new ToolChoice.Forbidden()), Optional.empty()),
            schema,
            Streaming.NONE));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void what_is_written_reads_as_the_same_request(ChatRequest request) {
    RequestRead read =
        ChatRequestReader.read(ChatRequestWriter.write(request), Map.of(), Optional.empty());
    assertThat(read).isInstanceOf(RequestRead.Valid.class);
    assertThat(withoutWire(((RequestRead.Valid) read).request())).isEqualTo(request);
  }

  private static ChatRequest withoutWire(ChatRequest read) {
    return new ChatRequest(
        read.model(),
        read.messages(),
        read.sampling(),
        read.tools(),
        read.format(),
        read.reasoning(),
        read.streaming(),
        Optional.empty());
  }

  @Test
  void a_small_request_is_written_small() {
    assertThat(ChatRequestWriter.write(ChatRequest.of("m", "hi")).utf8())
        .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
  }

  private static Part point(String... ttl) {
    return new Part.CachePoint(new CacheHint(Stream.of(ttl).findFirst()));
  }

  private static ChatRequest extended() {
    Signature claude =
        new Signature(
            WireFormat.ANTHROPIC_MESSAGES, Signature.Kind.SIGNATURE, "c+/=", Optional.empty());
    Signature hidden =
        new Signature(
            WireFormat.OPENAI_RESPONSES, Signature.Kind.ENCRYPTED, "gA", Optional.of("rs_1"));
    Signature gemini =
        new Signature(WireFormat.GEMINI, Signature.Kind.SIGNATURE, "Ci", Optional.empty());
    return new ChatRequest(
        "m",
        List.of(
            message(Role.SYSTEM, TEXT, point("1h")),
            message(
                Role.USER,
                TEXT,
                new Part.DocumentData("application/pdf", "QUJD", Optional.of("a.pdf")),
                point(),
                new Part.DocumentUrl("https://x/y", Optional.empty())),
            message(
                Role.ASSISTANT,
                new Part.Reasoning("hm", Optional.of(claude)),
                new Part.Reasoning("", Optional.of(hidden)),
                new Part.Reasoning("so", Optional.of(hidden)),
                new Part.Reasoning("free", Optional.empty()),
                TEXT,
                new Part.Reasoning("", Optional.of(gemini)),
                new Part.ToolCall("c1", "f", "{}"),
                new Part.ToolCall("c2", "f", "{}")),
            message(Role.TOOL, new Part.ToolResult("c1", List.of(TEXT), false), point("5m"))),
        new Sampling(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(40),
            Optional.of(1.5),
            Optional.of(-0.5),
            Optional.of(3)),
        new Tools(
            List.of(
                new Tool(
                    "f",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new CacheHint(Optional.of("1h"))))),
            Optional.empty(),
            Optional.empty()),
        new ResponseFormat.Text(),
        new ReasoningSetting(Optional.empty(), Optional.of(2_000L)),
        Streaming.NONE,
        Optional.empty());
  }

  @Test
  void an_extended_request_is_kept_whole() {
    RequestRead read =
        ChatRequestReader.read(ChatRequestWriter.write(extended()), Map.of(), Optional.empty());
    ChatRequest request = ((RequestRead.Valid) read).request();
    assertThat(request.wire().orElseThrow().unread()).isEmpty();
    assertThat(withoutWire(request)).isEqualTo(extended());
  }

  @Test
  void openai_gets_its_own_members_only() {
    String body = ChatRequestWriter.write(extended(), CapName.MAX_COMPLETION_TOKENS).utf8();
    assertThat(body)
        .doesNotContain(
            "cache_control",
            "reasoning_content",
            "reasoning_details",
            "extra_content",
            "hm",
            "https")
        .contains("\"logprobs\":true,\"top_logprobs\":3", "\"filename\":\"a.pdf\"");
  }

  // OpenAI answers "only allowed when 'tools' are specified" otherwise.
  @Test
  void a_choice_among_no_tools_is_not_written() {
    Tools none = new Tools(List.of(), Optional.of(new ToolChoice.Auto()), Optional.of(false));
    ChatRequest request =
        request(
            List.of(Message.text(Role.USER, "hi")),
            none,
            new ResponseFormat.Text(),
            Streaming.NONE);
    assertThat(ChatRequestWriter.write(request, CapName.MAX_TOKENS).utf8())
        .doesNotContain("tool_choice", "parallel_tool_calls", "tools");
  }
}
