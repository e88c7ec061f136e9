package dev.assay.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.model.Delta.Content;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerEvent;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.AnswerWriter;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.sse.Sse;
import dev.assay.wire.sse.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResponsesAnswerWriterTest {
  private static final Instant CREATED = Instant.ofEpochSecond(1_790_000_000, 999);
  private static final UUID CALL = UUID.fromString("01890000-0000-7000-8000-000000000001");
  private static final String HEX = "01890000000070008000000000000001";
  private static final Usage USAGE = new Usage(36, 64, 5, 0, 30, 10, Provenance.REPORTED);
  private static final ChatRequest REQUEST = ChatRequest.of("sim/small", "hi");

  private final AnswerWriter writer = ResponsesDoorFormat.FORMAT.answers(CALL, REQUEST, CREATED);

  private static Answer answer(
      FinishReason finish, Usage usage, boolean simulated, List<Part> parts) {
    return new Answer(
        parts,
        finish,
        new Details(
            CallKind.PROVIDER,
            "sim",
            "small",
            usage,
            Cost.unknown(),
            List.of(),
            new Timings(CREATED, Duration.ofMillis(1), Optional.empty()),
            Optional.empty(),
            List.of(),
            simulated));
  }

  private static Answer answer(FinishReason finish, Part... parts) {
    return answer(finish, USAGE, false, List.of(parts));
  }

  private static FinishReason natural(List<Part> parts) {
    if (parts.stream().anyMatch(Part.ToolCall.class::isInstance)) {
      return FinishReason.TOOL_CALLS;
    }
    return parts.stream().anyMatch(Part.Refusal.class::isInstance)
        ? FinishReason.REFUSAL
        : FinishReason.STOP;
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void an_answer_reads_as_the_same_answer(long seed) {
    List<Part> parts = new RandomConversation(seed).answer();
    FinishReason finish = natural(parts);
    assertThat(ResponsesAnswerReader.read(writer.whole(answer(finish, USAGE, false, parts))))
        .as("seed %d", seed)
        .isEqualTo(
            new AnswerRead.Completion(
                Optional.of("resp_assay_" + HEX), Optional.of("sim/small"), parts, finish, USAGE));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_stream_reads_as_the_same_answer_and_ends_with_the_whole_one(long seed) {
    RandomConversation conversation = new RandomConversation(seed);
    List<Part> parts = conversation.answer();
    Answer answer = answer(natural(parts), USAGE, false, parts);
    List<Sse.Event> events = stream(conversation.pieces(parts), answer);
    ResponsesEventReader reader = new ResponsesEventReader();
    List<AnswerEvent> read = events.stream().map(event -> reader.read(event.data())).toList();
    assertThat(read.getLast().kind()).isEqualTo(AnswerEvent.Kind.FINISH);
    assertThat(reader.parts()).as("seed %d", seed).isEqualTo(parts);
    assertThat(reader.finish()).isEqualTo(answer.finish());
    assertThat(reader.usage().output()).isEqualTo(30);
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).data().utf8())
          .startsWith("{\"type\":\"" + events.get(i).type().orElseThrow() + "\"")
          .contains("\"sequence_number\":" + i + ",");
    }
    String whole = ResponsesDoorFormat.FORMAT.answers(CALL, REQUEST, CREATED).whole(answer).utf8();
    assertThat(events.getLast().data().utf8())
        .as("seed %d", seed)
        .endsWith(",\"response\":" + whole + "}");
  }

  private List<Sse.Event> stream(List<Delta.Content> pieces, Answer answer) {
    List<Bytes> written = new ArrayList<>();
    pieces.forEach(piece -> written.add(writer.content(piece)));
    written.add(writer.ending(answer));
    return events(Bytes.joined(written.toArray(Bytes[]::new)));
  }

  private static List<Sse.Event> events(Bytes stream) {
    SseReader reader = new SseReader(new ByteArrayInputStream(stream.toArray()), 1_000_000);
    List<Sse.Event> events = new ArrayList<>();
    try {
      while (reader.next() instanceof Sse.Event event) {
        assertThat(event.complete()).isTrue();
        events.add(event);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return events;
  }

  private static List<String> types(List<Sse.Event> events) {
    return events.stream()
        .map(event -> event.type().orElseThrow().substring("response.".length()))
        .toList();
  }

  @Test
  void an_answer_has_the_shape_of_openai() {
    assertThat(writer.whole(answer(FinishReason.STOP, new Part.Text("hi"))).utf8())
        .isEqualTo(
            "{\"id\":\"resp_assay_"
                + HEX
                + "\",\"object\":\"response\",\"created_at\":1790000000,\"status\":\"completed\","
                + "\"background\":false,\"error\":null,\"incomplete_details\":null,"
                + "\"instructions\":null,\"max_output_tokens\":null,\"max_tool_calls\":null,"
                + "\"model\":\"sim/small\",\"output\":[{\"id\":\"msg_"
                + HEX
                + "0000\",\"type\":\"message\",\"status\":\"completed\",\"content\":["
                + "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"hi\"}],"
                + "\"role\":\"assistant\"}],\"parallel_tool_calls\":true,"
                + "\"previous_response_id\":null,\"reasoning\":{\"effort\":null,\"summary\":null},"
                + "\"store\":true,\"temperature\":null,\"text\":{\"format\":{\"type\":\"text\"}},"
                + "\"tool_choice\":\"auto\",\"tools\":[],\"top_logprobs\":0,\"top_p\":null,"
                + "\"truncation\":\"disabled\",\"user\":null,\"metadata\":{},"
                + "\"usage\":{\"input_tokens\":105,\"input_tokens_details\":{\"cached_tokens\":64,"
                + "\"cache_write_tokens\":5},"
                + "\"output_tokens\":30,\"output_tokens_details\":{\"reasoning_tokens\":10},"
                + "\"total_tokens\":135}}");
  }

  @Test
  void what_was_asked_is_said_again() {
    String tools = "[{\"type\":\"web_search\"}, {\"type\":\"function\",\"name\":\"f\"}]";
    RequestRead read =
        ResponsesDoorFormat.FORMAT.read(
            Bytes.utf8(
                "{\"model\":\"m\",\"input\":\"hi\",\"instructions\":\"be brief\",\"tools\":"
                    + tools
                    + ",\"temperature\":0.50,\"metadata\":{\"a\":\"b\"},\"store\":false,"
                    + "\"tool_choice\":null}"),
            Map.of(),
            Optional.empty());
    ChatRequest request = ((RequestRead.Valid) read).request();
    assertThat(
            ResponsesDoorFormat.FORMAT
                .answers(CALL, request, CREATED)
                .whole(answer(FinishReason.STOP))
                .utf8())
        .contains("\"instructions\":\"be brief\"")
        .contains("\"tools\":" + tools)
        .contains("\"temperature\":0.50")
        .contains("\"metadata\":{\"a\":\"b\"}")
        .contains("\"store\":false")
        .contains("\"tool_choice\":\"auto\"");
  }

  @Test
  void usage_that_nobody_knows_is_null_and_simulation_is_said() {
    assertThat(writer.whole(answer(FinishReason.STOP, Usage.ABSENT, true, List.of())).utf8())
        .contains("\"usage\":null")
        .contains("\"system_fingerprint\":\"simulated\"");
  }

  @ParameterizedTest
  @CsvSource({
    "STOP,completed,null",
    "TOOL_CALLS,completed,null",
    "REFUSAL,incomplete,{\"reason\":\"content_filter\"}",
    "OTHER,completed,null",
    "LENGTH,incomplete,{\"reason\":\"max_output_tokens\"}",
    "CONTENT_FILTER,incomplete,{\"reason\":\"content_filter\"}",
  })
  void the_status_says_why_it_ended(FinishReason finish, String status, String details) {
    Answer answer = answer(finish, new Part.Text("a"));
    assertThat(writer.whole(answer).utf8())
        .contains("\"created_at\":1790000000,\"status\":\"" + status + "\"")
        .contains("\"incomplete_details\":" + details + ",")
        .contains("\"type\":\"message\",\"status\":\"" + status + "\"");
    List<Sse.Event> events = stream(List.of(new Content.Text("a")), answer);
    assertThat(events.getLast().type()).contains("response." + status);
  }

  @Test
  void a_stream_has_the_events_of_openai() {
    Signature signature =
        new Signature(
            WireFormat.ANTHROPIC_MESSAGES, Signature.Kind.SIGNATURE, "x", Optional.empty());
    List<Sse.Event> events =
        stream(
            List.of(
                new Content.Reasoning("h"),
                new Content.Reasoning("m"),
                new Content.Signed(signature),
                new Content.Text("a"),
                new Content.Refusal("b"),
                new Content.ToolCall(0, Optional.of("c"), Optional.of("f"), "{}")),
            answer(FinishReason.TOOL_CALLS));
    assertThat(types(events))
        .containsExactly(
            "created",
            "in_progress",
            "output_item.added",
            "reasoning_summary_part.added",
            "reasoning_summary_text.delta",
            "reasoning_summary_text.delta",
            "reasoning_summary_text.done",
            "reasoning_summary_part.done",
            "output_item.done",
            "output_item.added",
            "content_part.added",
            "output_text.delta",
            "output_text.done",
            "content_part.done",
            "content_part.added",
            "refusal.delta",
            "refusal.done",
            "content_part.done",
            "output_item.done",
            "output_item.added",
            "function_call_arguments.delta",
            "function_call_arguments.done",
            "output_item.done",
            "completed");
    assertThat(events.get(11).data().utf8())
        .isEqualTo(
            "{\"type\":\"response.output_text.delta\",\"sequence_number\":11,\"item_id\":\"msg_"
                + HEX
                + "0001\",\"output_index\":1,\"content_index\":0,\"delta\":\"a\","
                + "\"logprobs\":[]}");
  }

  @Test
  void a_stream_without_content_opens_at_its_end() {
    assertThat(types(stream(List.of(), answer(FinishReason.STOP))))
        .containsExactly("created", "in_progress", "completed");
  }

  @Test
  void calls_that_come_interleaved_are_whole_in_the_end() {
    List<Sse.Event> events =
        stream(
            List.of(
                new Content.ToolCall(0, Optional.of("c0"), Optional.of("f"), "{"),
                new Content.ToolCall(1, Optional.of("c1"), Optional.of("g"), "["),
                new Content.ToolCall(0, Optional.empty(), Optional.empty(), "}"),
                new Content.ToolCall(1, Optional.empty(), Optional.empty(), "]")),
            answer(FinishReason.TOOL_CALLS));
    ResponsesEventReader reader = new ResponsesEventReader();
    events.forEach(event -> reader.read(event.data()));
    assertThat(reader.parts())
        .containsExactly(new Part.ToolCall("c0", "f", "{}"), new Part.ToolCall("c1", "g", "[]"));
    assertThat(events.getLast().data().utf8()).contains("\"{}\"").contains("\"[]\"");
  }

  @Test
  void items_follow_each_other_however_their_pieces_come() {
    List<Sse.Event> events =
        stream(
            List.of(
                new Content.ToolCall(0, Optional.of("c0"), Optional.of("f"), "{"),
                new Content.ToolCall(1, Optional.of("c1"), Optional.empty(), "{}"),
                new Content.Text("x"),
                new Content.ToolCall(0, Optional.empty(), Optional.empty(), "}")),
            answer(FinishReason.TOOL_CALLS));
    assertThat(types(events))
        .containsExactly(
            "created",
            "in_progress",
            "output_item.added",
            "function_call_arguments.delta",
            "function_call_arguments.delta",
            "function_call_arguments.done",
            "output_item.done",
            "output_item.added",
            "function_call_arguments.delta",
            "function_call_arguments.done",
            "output_item.done",
            "output_item.added",
            "content_part.added",
            "output_text.delta",
            "output_text.done",
            "content_part.done",
            "output_item.done",
            "completed");
  }

  @Test
  void an_error_has_the_shape_of_openai_whole_and_in_a_stream() {
    Failure failure =
        Failure.refused(
            ErrorCode.INVALID_REQUEST,
            "model: is missing.",
            Optional.of("model"),
            Details.refused("m", new Timings(CREATED, Duration.ZERO, Optional.empty())));
    Bytes error = ResponsesDoorFormat.FORMAT.error(failure);
    assertThat(error.utf8())
        .isEqualTo(
            "{\"error\":{\"message\":\"model: is missing.\",\"type\":\"invalid_request_error\","
                + "\"param\":\"model\",\"code\":\"invalid_request\"}}");
    assertThat(ResponsesDoorFormat.FORMAT.errorEvent(error).utf8())
        .isEqualTo(
            "event: error\ndata: {\"type\":\"error\",\"sequence_number\":0,"
                + "\"code\":\"invalid_request\",\"message\":\"model: is missing.\","
                + "\"param\":\"model\"}\n\n");
  }
}
