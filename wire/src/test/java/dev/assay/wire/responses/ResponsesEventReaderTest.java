package dev.assay.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta.Content;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.TokenLogprob;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerEvent;
import dev.assay.wire.format.AnswerEvent.Kind;
import dev.assay.wire.format.StoredAnswer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesEventReaderTest {
  private static final String COMPLETED =
      "{\"type\":\"response.completed\",\"response\":{\"id\":\"resp_1\",\"status\":\"completed\","
          + "\"model\":\"m-1\",\"output\":[%s],"
          + "\"usage\":{\"input_tokens\":10,\"output_tokens\":5,\"total_tokens\":15}}}";

  private final ResponsesEventReader reader = new ResponsesEventReader();

  private AnswerEvent read(String json) {
    return reader.read(Bytes.utf8(json));
  }

  private AnswerEvent event(String type, String members) {
    return read("{\"type\":\"response." + type + "\"" + members + "}");
  }

  private AnswerEvent delta(String type, String delta) {
    return event(type, ",\"output_index\":0,\"delta\":\"" + delta + "\"");
  }

  @Test
  void text_comes_between_prelude_and_finish() {
    assertThat(event("created", ",\"response\":{\"id\":\"resp_1\",\"model\":\"m-1\"}").kind())
        .isEqualTo(Kind.PRELUDE);
    assertThat(event("in_progress", ",\"response\":{\"id\":\"resp_1\"}").kind())
        .isEqualTo(Kind.PRELUDE);
    assertThat(event("output_item.added", ",\"item\":{\"type\":\"message\"}").kind())
        .isEqualTo(Kind.PRELUDE);
    assertThat(event("content_part.added", ",\"part\":{\"type\":\"output_text\"}").kind())
        .isEqualTo(Kind.PRELUDE);
    assertThat(delta("output_text.delta", "a"))
        .isEqualTo(new AnswerEvent(Kind.CONTENT, List.of(new Content.Text("a")), Optional.empty()));
    delta("output_text.delta", "b");
    assertThat(event("output_text.done", ",\"text\":\"ab\""))
        .isEqualTo(AnswerEvent.of(Kind.CONTENT));
    assertThat(
            event(
                "output_item.done",
                ",\"output_index\":0,\"item\":{\"type\":\"message\",\"content\":["
                    + "{\"type\":\"output_text\",\"text\":\"ab\"}]}"))
        .isEqualTo(AnswerEvent.of(Kind.CONTENT));
    assertThat(reader.finished()).isFalse();
    assertThat(read(COMPLETED.formatted("{\"type\":\"message\",\"content\":[]}")))
        .isEqualTo(AnswerEvent.of(Kind.FINISH));
    assertThat(reader.finished()).isTrue();
    assertThat(reader.done()).isFalse();
    assertThat(reader.finish()).isEqualTo(FinishReason.STOP);
    assertThat(reader.parts()).containsExactly(new Part.Text("ab"));
    assertThat(reader.usage()).isEqualTo(Usage.reported(10, 5));
    assertThat(reader.id()).contains("resp_1");
    assertThat(reader.model()).contains("m-1");
    assertThat(event("later", "").kind()).isEqualTo(Kind.OTHER);
  }

  @Test
  void log_probabilities_follow_their_text() {
    assertThat(
            event(
                    "output_text.delta",
                    ",\"delta\":\"a\",\"logprobs\":[{\"token\":\"a\",\"logprob\":-1}]")
                .content())
        .containsExactly(
            new Content.Text("a"),
            new Content.Logprobs(List.of(new TokenLogprob("a", -1, Optional.empty(), List.of()))));
  }

  @Test
  void calls_are_put_together_by_their_place() {
    event(
        "output_item.added",
        ",\"output_index\":0,\"item\":{\"type\":\"function_call\",\"id\":\"fc_1\","
            + "\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"\"}");
    event(
        "output_item.added",
        ",\"output_index\":1,\"item\":{\"type\":\"function_call\",\"id\":\"fc_2\","
            + "\"call_id\":\"c2\",\"name\":\"g\",\"arguments\":\"\"}");
    event("function_call_arguments.delta", ",\"output_index\":1,\"delta\":\"[1\"");
    event("function_call_arguments.delta", ",\"output_index\":0,\"delta\":\"{}\"");
    event("function_call_arguments.delta", ",\"output_index\":1,\"delta\":\"]\"");
    assertThat(event("function_call_arguments.done", ",\"output_index\":0,\"arguments\":\"{}\""))
        .isEqualTo(AnswerEvent.of(Kind.CONTENT));
    event(
        "output_item.done",
        ",\"output_index\":0,\"item\":{\"type\":\"function_call\",\"call_id\":\"c1\","
            + "\"name\":\"f\",\"arguments\":\"{}\"}");
    read(COMPLETED.formatted(""));
    assertThat(reader.parts())
        .containsExactly(new Part.ToolCall("c1", "f", "{}"), new Part.ToolCall("c2", "g", "[1]"));
    assertThat(reader.finish()).isEqualTo(FinishReason.TOOL_CALLS);
  }

  @Test
  void reasoning_is_paragraphs_and_ends_with_what_the_provider_wants_back() {
    String place = ",\"output_index\":0,\"summary_index\":";
    event("reasoning_summary_text.delta", place + "0,\"delta\":\"a\"");
    event("reasoning_summary_text.delta", place + "0,\"delta\":\"b\"");
    event("reasoning_summary_part.done", place + "0,\"part\":{}");
    event("reasoning_summary_text.delta", place + "1,\"delta\":\"c\"");
    event("reasoning_text.delta", ",\"output_index\":0,\"content_index\":0,\"delta\":\"raw\"");
    Signature signature =
        new Signature(
            WireFormat.OPENAI_RESPONSES, Signature.Kind.ENCRYPTED, "gAAA", Optional.of("rs_1"));
    assertThat(
            event(
                    "output_item.done",
                    ",\"output_index\":0,\"item\":{\"type\":\"reasoning\",\"id\":\"rs_1\","
                        + "\"summary\":[{\"type\":\"summary_text\",\"text\":\"ab\"}],"
                        + "\"encrypted_content\":\"gAAA\"}")
                .content())
        .containsExactly(new Content.Signed(signature));
    assertThat(reader.parts())
        .containsExactly(new Part.Reasoning("ab\n\nc", Optional.of(signature)));
  }

  @Nested
  class WhatComesLate {
    @Test
    void an_item_that_is_only_told_at_its_end_is_content_there() {
      assertThat(
              event(
                      "output_item.done",
                      ",\"output_index\":0,\"item\":{\"type\":\"message\",\"content\":["
                          + "{\"type\":\"output_text\",\"text\":\"a\"}]}")
                  .content())
          .containsExactly(new Content.Text("a"));
      event(
          "output_item.done",
          ",\"output_index\":1,\"item\":{\"type\":\"function_call\",\"call_id\":\"c\","
              + "\"name\":\"f\",\"arguments\":\"{}\"}");
      assertThat(reader.parts())
          .containsExactly(new Part.Text("a"), new Part.ToolCall("c", "f", "{}"));
    }

    @Test
    void an_answer_that_is_only_told_in_the_last_event_is_content_there() {
      AnswerEvent last =
          read(
              COMPLETED.formatted(
                  "{\"type\":\"message\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"no\"}]}"));
      assertThat(last.kind()).isEqualTo(Kind.FINISH);
      assertThat(last.content()).containsExactly(new Content.Refusal("no"));
      assertThat(reader.finish()).isEqualTo(FinishReason.REFUSAL);
    }
  }

  @Test
  void a_tool_of_the_provider_is_content_without_text() {
    assertThat(event("output_item.added", ",\"item\":{\"type\":\"web_search_call\"}"))
        .isEqualTo(AnswerEvent.of(Kind.CONTENT));
    assertThat(event("web_search_call.searching", "")).isEqualTo(AnswerEvent.of(Kind.CONTENT));
  }

  @Test
  void an_answer_that_was_cut_says_why() {
    delta("output_text.delta", "a");
    event(
        "incomplete",
        ",\"response\":{\"status\":\"incomplete\","
            + "\"incomplete_details\":{\"reason\":\"max_output_tokens\"}}");
    assertThat(reader.finish()).isEqualTo(FinishReason.LENGTH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"error\",\"code\":\"c\",\"message\":\"Sorry.\",\"param\":null,"
            + "\"sequence_number\":3}",
        "{\"type\":\"error\",\"error\":{\"type\":\"server_error\",\"code\":\"c\","
            + "\"message\":\"Sorry.\"}}",
        "{\"error\":{\"code\":\"c\",\"message\":\"Sorry.\"}}",
        "{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\","
            + "\"error\":{\"code\":\"c\",\"message\":\"Sorry.\"}}}",
      })
  void an_error_is_told(String json) {
    AnswerEvent event = read(json);
    assertThat(event.kind()).isEqualTo(Kind.ERROR);
    assertThat(event.error().orElseThrow().message()).contains("Sorry.");
    assertThat(event.error().orElseThrow().code()).contains("c");
    assertThat(reader.finished()).isFalse();
  }

  @Test
  void an_end_mark_is_known_although_openai_sends_none() {
    assertThat(read("[DONE]").kind()).isEqualTo(Kind.DONE);
    assertThat(reader.done()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "[1]", "{", "{} {}", "hello"})
  void anything_but_an_object_is_malformed(String data) {
    assertThat(read(data).kind()).isEqualTo(Kind.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "{}|PRELUDE",
        "{\"type\":7}|PRELUDE",
        "{\"type\":\"response.output_text.delta\",\"delta\":{}}|PRELUDE",
        "{\"type\":\"response.output_text.delta\",\"delta\":\"a\",\"output_index\":1e99}|CONTENT",
        "{\"type\":\"response.output_item.added\",\"item\":7}|CONTENT",
        "{\"type\":\"response.output_item.done\",\"item\":null}|CONTENT",
        "{\"type\":\"response.created\",\"response\":[7]}|PRELUDE",
        "{\"type\":\"response.completed\",\"response\":7}|FINISH",
        "{\"type\":\"response.function_call_arguments.delta\",\"delta\":\"{\"}|CONTENT",
      })
  void wrong_types_do_no_harm(String data, Kind kind) {
    assertThat(read(data).kind()).isEqualTo(kind);
    assertThat(reader.parts()).isNotNull();
  }

  @Test
  void a_stored_stream_reads_as_its_answer() {
    String body =
        "[{\"type\":\"response.output_text.delta\",\"delta\":\"a\"}, \"broken\","
            + COMPLETED.formatted("")
            + "]";
    assertThat(StoredAnswer.parts(ResponsesUpstream.FORMAT, Bytes.utf8(body), true))
        .containsExactly(new Part.Text("a"));
    assertThat(StoredAnswer.parts(ResponsesUpstream.FORMAT, Bytes.utf8("[{\"type\""), true))
        .isEmpty();
    assertThat(
            StoredAnswer.parts(
                ResponsesUpstream.FORMAT,
                Bytes.utf8(
                    "{\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\","
                        + "\"text\":\"b\"}]}]}"),
                false))
        .containsExactly(new Part.Text("b"));
    assertThat(StoredAnswer.parts(ResponsesUpstream.FORMAT, Bytes.utf8("7"), false)).isEmpty();
  }
}
