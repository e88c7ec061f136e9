package dev.assay.wire.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta.Content;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessagesAnswerWriterTest {
  private static final UUID CALL = UUID.fromString("01890000-0000-7000-8000-000000000001");
  private static final Usage USAGE = new Usage(36, 64, 5, 7, 30, 10, Provenance.REPORTED);
  private static final String HEAD =
      "{\"id\":\"msg_assay_01890000000070008000000000000001\",\"type\":\"message\","
          + "\"role\":\"assistant\",\"model\":\"x/m\"";
  private static final String USAGE_JSON =
      "\"usage\":{\"input_tokens\":36,\"cache_creation_input_tokens\":12,"
          + "\"cache_read_input_tokens\":64,\"cache_creation\":{\"ephemeral_5m_input_tokens\":5,"
          + "\"ephemeral_1h_input_tokens\":7},\"output_tokens\":30,"
          + "\"output_tokens_details\":{\"thinking_tokens\":10}}";

  private final AnswerWriter writer =
      MessagesDoorFormat.FORMAT.answers(CALL, ChatRequest.of("x/m", "hi"), Instant.EPOCH);

  private static Answer answer(FinishReason finish, Part... parts) {
    return new Answer(List.of(parts), finish, RoundTripTest.details(USAGE));
  }

  private static Signature foreign(Signature.Kind kind) {
    return new Signature(WireFormat.OPENAI_RESPONSES, kind, "abc", Optional.of("rs_1"));
  }

  private String events(Content... contents) {
    StringBuilder events = new StringBuilder();
    for (Content content : contents) {
      events.append(writer.content(content).utf8());
    }
    return events.toString();
  }

  private static String event(String type, String members) {
    String data = members.isEmpty() ? "" : "," + members;
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + data + "}\n\n";
  }

  private static String begin(int index, String block) {
    return event(
        "content_block_start", "\"index\":" + index + ",\"content_block\":{" + block + "}");
  }

  private static String delta(int index, String delta) {
    return event("content_block_delta", "\"index\":" + index + ",\"delta\":{" + delta + "}");
  }

  private static String stop(int index) {
    return event("content_block_stop", "\"index\":" + index);
  }

  private static String toolBlock(String id, String name) {
    return "\"type\":\"tool_use\",\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"input\":{}";
  }

  private static Content call(int index, String id, String name, String arguments) {
    return new Content.ToolCall(
        index, Optional.ofNullable(id), Optional.ofNullable(name), arguments);
  }

  @Test
  void a_whole_answer_is_a_message() {
    Bytes body =
        writer.whole(
            answer(
                FinishReason.TOOL_CALLS,
                new Part.Reasoning("hm", Optional.empty()),
                new Part.Text("a \"b\""),
                new Part.Logprobs(List.of()),
                new Part.ToolCall("c1", "f", "{\"a\": 1}"),
                new Part.ToolCall("c2", "g", "")));
    assertThat(body.utf8())
        .isEqualTo(
            HEAD
                + ",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"\"},"
                + "{\"type\":\"text\",\"text\":\"a \\\"b\\\"\"},"
                + "{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"f\",\"input\":{\"a\": 1}},"
                + "{\"type\":\"tool_use\",\"id\":\"c2\",\"name\":\"g\",\"input\":{}}],"
                + "\"stop_reason\":\"tool_use\",\"stop_sequence\":null,"
                + USAGE_JSON
                + "}");
  }

  @Test
  void a_refusal_is_text() {
    assertThat(writer.whole(answer(FinishReason.REFUSAL, new Part.Refusal("no"))).utf8())
        .contains("\"content\":[{\"type\":\"text\",\"text\":\"no\"}],\"stop_reason\":\"refusal\"");
  }

  @Test
  void usage_that_nobody_knows_is_nothing() {
    Answer answer = new Answer(List.of(), FinishReason.STOP, RoundTripTest.details(Usage.ABSENT));
    assertThat(writer.whole(answer).utf8())
        .contains("\"usage\":{\"input_tokens\":0,")
        .contains("\"output_tokens\":0}");
    assertThat(writer.ending(answer).utf8()).contains("\"usage\":{\"output_tokens\":0}");
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, end_turn",
    "OTHER, end_turn",
    "LENGTH, max_tokens",
    "TOOL_CALLS, tool_use",
    "REFUSAL, refusal",
    "CONTENT_FILTER, refusal"
  })
  void a_finish_reason_has_its_word(FinishReason reason, String word) {
    String said = "\"stop_reason\":\"" + word + "\"";
    assertThat(writer.whole(answer(reason)).utf8()).contains(said);
    assertThat(writer.ending(answer(reason)).utf8()).contains(said);
  }

  @Nested
  class Streams {
    private static final String OPENING =
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":"
            + HEAD
            + ",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
            + "\"usage\":{\"input_tokens\":0,\"cache_creation_input_tokens\":0,"
            + "\"cache_read_input_tokens\":0,\"output_tokens\":0}}}\n\n";

    @Test
    void follow_the_order_of_the_api() {
      String said =
          events(
              new Content.Reasoning("h"),
              new Content.Reasoning("m"),
              new Content.Signed(
                  new Signature(
                      WireFormat.ANTHROPIC_MESSAGES,
                      Signature.Kind.SIGNATURE,
                      "s",
                      Optional.empty())),
              new Content.Text("Hi"),
              new Content.Logprobs(List.of()),
              new Content.Text("!"),
              call(0, "c1", "f", ""),
              call(0, null, null, "{\"a\":"),
              call(0, null, null, "1}"),
              call(1, "c2", "g", "{}"));
      assertThat(said)
          .isEqualTo(
              OPENING
                  + begin(0, "\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"")
                  + delta(0, "\"type\":\"thinking_delta\",\"thinking\":\"h\"")
                  + delta(0, "\"type\":\"thinking_delta\",\"thinking\":\"m\"")
                  + delta(0, "\"type\":\"signature_delta\",\"signature\":\"s\"")
                  + stop(0)
                  + begin(1, "\"type\":\"text\",\"text\":\"\"")
                  + delta(1, "\"type\":\"text_delta\",\"text\":\"Hi\"")
                  + delta(1, "\"type\":\"text_delta\",\"text\":\"!\"")
                  + stop(1)
                  + begin(2, toolBlock("c1", "f"))
                  + delta(2, "\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":\"")
                  + delta(2, "\"type\":\"input_json_delta\",\"partial_json\":\"1}\"")
                  + stop(2)
                  + begin(3, toolBlock("c2", "g"))
                  + delta(3, "\"type\":\"input_json_delta\",\"partial_json\":\"{}\""));
      assertThat(writer.ending(answer(FinishReason.TOOL_CALLS)).utf8())
          .isEqualTo(
              stop(3)
                  + event(
                      "message_delta",
                      "\"delta\":{\"stop_reason\":\"tool_use\",\"stop_sequence\":null},"
                          + USAGE_JSON)
                  + event("message_stop", ""));
    }

    @Test
    void without_content_are_opened_by_their_end() {
      assertThat(writer.ending(answer(FinishReason.STOP)).utf8())
          .startsWith(OPENING + "event: message_delta\n")
          .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    @Test
    void say_nothing_where_there_is_nothing_to_say() {
      assertThat(
              events(
                  new Content.Text(""), new Content.Reasoning(""), new Content.Logprobs(List.of())))
          .isEmpty();
    }

    @Test
    void tag_the_signatures_of_other_formats() {
      assertThat(
              events(
                  new Content.Signed(foreign(Signature.Kind.ENCRYPTED)),
                  new Content.Reasoning("x"),
                  new Content.Signed(foreign(Signature.Kind.ENCRYPTED)),
                  new Content.Signed(foreign(Signature.Kind.SIGNATURE))))
          .contains(
              begin(
                      0,
                      "\"type\":\"redacted_thinking\","
                          + "\"data\":\"assay1.OPENAI_RESPONSES.ENCRYPTED.cnNfMQ.abc\"")
                  + stop(0),
              delta(
                      1,
                      "\"type\":\"signature_delta\","
                          + "\"signature\":\"assay1.OPENAI_RESPONSES.ENCRYPTED.cnNfMQ.abc\"")
                  + stop(1),
              begin(2, "\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"")
                  + delta(
                      2,
                      "\"type\":\"signature_delta\","
                          + "\"signature\":\"assay1.OPENAI_RESPONSES.SIGNATURE.cnNfMQ.abc\"")
                  + stop(2));
    }

    @Test
    void begin_a_tool_call_when_its_name_is_known() {
      assertThat(events(call(0, "c1", null, "{\"a\":"))).isEmpty();
      assertThat(events(call(0, null, "f", "1}")))
          .endsWith(
              begin(0, toolBlock("c1", "f"))
                  + delta(0, "\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":1}\""));
      assertThat(events(call(1, null, "g", ""))).isEqualTo(stop(0) + begin(1, toolBlock("g", "g")));
    }

    @Test
    void hold_back_what_comes_before_a_tool_call_is_whole() {
      events(call(0, "c1", "f", "{"));
      assertThat(events(call(1, "c2", "g", "{"), new Content.Text("x"))).isEmpty();
      assertThat(events(call(0, null, null, "}")))
          .isEqualTo(delta(0, "\"type\":\"input_json_delta\",\"partial_json\":\"}\""));
      assertThat(events(call(1, null, null, "}")))
          .isEqualTo(
              stop(0)
                  + begin(1, toolBlock("c2", "g"))
                  + delta(1, "\"type\":\"input_json_delta\",\"partial_json\":\"{}\"")
                  + stop(1)
                  + begin(2, "\"type\":\"text\",\"text\":\"\"")
                  + delta(2, "\"type\":\"text_delta\",\"text\":\"x\""));
    }

    @Test
    void write_at_the_end_what_was_held_back() {
      events(call(0, "c1", null, "{}"), call(1, "c2", "g", "{"), new Content.Text("x"));
      assertThat(writer.ending(answer(FinishReason.TOOL_CALLS)).utf8())
          .startsWith(
              stop(0)
                  + begin(1, toolBlock("c1", ""))
                  + delta(1, "\"type\":\"input_json_delta\",\"partial_json\":\"{}\"")
                  + stop(1)
                  + begin(2, "\"type\":\"text\",\"text\":\"\"")
                  + delta(2, "\"type\":\"text_delta\",\"text\":\"x\"")
                  + stop(2));
    }
  }

  @Nested
  class Errors {
    private String written(ErrorCode code) {
      return MessagesDoorFormat.FORMAT
          .error(
              Failure.refused(
                  code, "It is \"so\".", Optional.of("x"), RoundTripTest.details(Usage.NONE)))
          .utf8();
    }

    @ParameterizedTest
    @CsvSource({
      "INVALID_REQUEST, invalid_request_error",
      "UNSUPPORTED_MEDIA_TYPE, invalid_request_error",
      "CANCELLED, invalid_request_error",
      "UNAUTHENTICATED, authentication_error",
      "PROVIDER_AUTHENTICATION, authentication_error",
      "PROVIDER_QUOTA, billing_error",
      "FORBIDDEN, permission_error",
      "MODEL_NOT_FOUND, not_found_error",
      "REQUEST_TOO_LARGE, request_too_large",
      "RATE_LIMITED, rate_limit_error",
      "DEADLINE_EXCEEDED, timeout_error",
      "FIRST_BYTE_TIMEOUT, timeout_error",
      "PROVIDER_OVERLOADED, overloaded_error",
      "OVERLOADED, overloaded_error",
      "PROVIDER_ERROR, api_error",
      "LEDGER_UNAVAILABLE, api_error",
      "INTERNAL_ERROR, api_error"
    })
    void have_the_type_of_the_api(ErrorCode code, String type) {
      assertThat(written(code))
          .isEqualTo(
              "{\"type\":\"error\",\"error\":{\"type\":\""
                  + type
                  + "\",\"message\":\"It is \\\"so\\\".\"}}");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void have_the_status_of_their_type(ErrorCode code) {
      Failure failure =
          Failure.refused(code, "no", Optional.empty(), RoundTripTest.details(Usage.NONE));
      assertThat(MessagesDoorFormat.FORMAT.status(failure))
          .isEqualTo(written(code).contains("overloaded_error") ? 529 : code.httpStatus());
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void are_standard_where_they_are_read_again(ErrorCode code) {
      assertThat(MessagesErrorReader.read(Bytes.utf8(written(code))).orElseThrow().standard())
          .isTrue();
    }

    @Test
    void break_a_stream_off() {
      assertThat(MessagesDoorFormat.FORMAT.errorEvent(Bytes.utf8("{}")).utf8())
          .isEqualTo("event: error\ndata: {}\n\n");
    }
  }
}
