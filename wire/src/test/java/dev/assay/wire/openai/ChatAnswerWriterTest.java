package dev.assay.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta.Content;
import dev.assay.core.model.ModelCard;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.AttemptRole;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.TokenLogprob;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerEvent;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.sse.Sse;
import dev.assay.wire.sse.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChatAnswerWriterTest {
  private static final Instant CREATED = Instant.ofEpochSecond(1_790_000_000, 999);
  private static final UUID CALL = UUID.fromString("01890000-0000-7000-8000-000000000001");
  private static final Usage USAGE = new Usage(36, 64, 5, 0, 30, 10, Provenance.REPORTED);
  private static final Part TEXT = new Part.Text("hi \"you\"\n🙂");

  private static final Part LIKELY =
      new Part.Logprobs(
          List.of(
              new TokenLogprob(
                  "hi",
                  -0.25,
                  Optional.of(Bytes.utf8("hi")),
                  List.of(new TokenLogprob("ho", -1.5, Optional.empty(), List.of()))),
              new TokenLogprob("ü", 0, Optional.of(Bytes.utf8("ü")), List.of())));
  private static final Signature ANTHROPIC =
      new Signature(
          WireFormat.ANTHROPIC_MESSAGES, Signature.Kind.SIGNATURE, "s+/=.", Optional.empty());
  private static final Signature HIDDEN =
      new Signature(
          WireFormat.OPENAI_RESPONSES, Signature.Kind.ENCRYPTED, "gAAA", Optional.of("rs_1"));
  private static final Signature GEMINI =
      new Signature(WireFormat.GEMINI, Signature.Kind.SIGNATURE, "CiQB", Optional.empty());

  private static Part signed(String text, Signature signature) {
    return new Part.Reasoning(text, Optional.of(signature));
  }

  private final ChatAnswerWriter writer = new ChatAnswerWriter(CALL, "sim/small", CREATED, true);

  private static Details details(Usage usage, boolean simulated) {
    return new Details(
        CallKind.PROVIDER,
        "sim",
        "small",
        usage,
        Cost.unknown(),
        List.of(),
        new Timings(CREATED, Duration.ofMillis(1), Optional.empty()),
        Optional.empty(),
        List.of(),
        simulated);
  }

  private static Answer answer(FinishReason finish, Part... parts) {
    return new Answer(List.of(parts), finish, details(USAGE, false));
  }

  static Stream<Answer> answers() {
    return Stream.of(
        answer(FinishReason.STOP, TEXT),
        answer(FinishReason.LENGTH, new Part.Reasoning("hm", Optional.empty()), TEXT),
        answer(FinishReason.REFUSAL, new Part.Refusal("no")),
        answer(FinishReason.STOP, TEXT, LIKELY),
        answer(FinishReason.REFUSAL, TEXT, LIKELY, new Part.Refusal("no"), LIKELY),
        answer(FinishReason.STOP, signed("hm", ANTHROPIC), TEXT),
        answer(FinishReason.STOP, signed("", HIDDEN), signed("a", HIDDEN), TEXT),
        answer(FinishReason.STOP, signed("", GEMINI), TEXT),
        answer(
            FinishReason.TOOL_CALLS,
            signed("b", HIDDEN),
            new Part.Reasoning("c", Optional.empty()),
            TEXT,
            signed("", GEMINI),
            new Part.ToolCall("c1", "f", "{}"),
            new Part.ToolCall("c2", "f", "{}")),
        answer(FinishReason.CONTENT_FILTER),
        answer(
            FinishReason.TOOL_CALLS,
            TEXT,
            new Part.ToolCall("c1", "f", "{\"a\":1}"),
            new Part.ToolCall("c2", "g", "")));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void an_answer_reads_as_the_same_answer(Answer answer) {
    assertThat(ChatAnswerReader.read(writer.whole(answer)))
        .isEqualTo(
            new AnswerRead.Completion(
                Optional.of("chatcmpl-" + CALL),
                Optional.of("sim/small"),
                answer.parts(),
                answer.finish(),
                USAGE));
  }

  @Test
  void an_answer_has_the_shape_of_openai() {
    assertThat(writer.whole(answer(FinishReason.STOP, new Part.Text("hi"))).utf8())
        .isEqualTo(
            "{\"id\":\"chatcmpl-01890000-0000-7000-8000-000000000001\",\"object\":\"chat.completion\","
                + "\"created\":1790000000,\"model\":\"sim/small\",\"choices\":[{\"index\":0,\"message\":"
                + "{\"role\":\"assistant\",\"content\":\"hi\",\"refusal\":null},\"logprobs\":null,"
                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":105,\"completion_tokens\":30,"
                + "\"total_tokens\":135,\"prompt_tokens_details\":{\"cached_tokens\":64,\"cache_write_tokens\":5},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":10}}}");
  }

  @Test
  void usage_that_nobody_knows_is_left_out_and_simulation_is_said() {
    Answer answer = new Answer(List.of(TEXT), FinishReason.STOP, details(Usage.ABSENT, true));
    assertThat(writer.whole(answer).utf8())
        .doesNotContain("usage")
        .contains("\"system_fingerprint\":\"simulated\"");
  }

  @Test
  void several_reasonings_stand_apart_in_their_text() {
    Answer answer =
        answer(
            FinishReason.STOP,
            signed("first", ANTHROPIC),
            signed("", HIDDEN),
            new Part.Reasoning("second", Optional.empty()),
            TEXT);
    assertThat(writer.whole(answer).utf8()).contains("\"reasoning_content\":\"first\\n\\nsecond\"");
  }

  @Test
  void usage_is_that_of_the_attempt_that_answered() {
    Details retried =
        details(USAGE, true)
            .withAttempts(List.of(attempt(1, Usage.ABSENT), attempt(2, Usage.reported(7, 2))));
    assertThat(retried.usage().provenance()).isEqualTo(Provenance.ABSENT);
    assertThat(writer.whole(new Answer(List.of(TEXT), FinishReason.STOP, retried)).utf8())
        .contains("\"prompt_tokens\":7,\"completion_tokens\":2,\"total_tokens\":9");
  }

  private static Attempt attempt(int number, Usage usage) {
    return new Attempt(
        number,
        AttemptRole.TRY,
        "sim",
        "small",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO,
        Duration.ZERO,
        usage,
        Cost.free(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        CREATED);
  }

  @Nested
  class AStream {
    private ChatEventReader read(Bytes... events) throws IOException {
      StringBuilder stream = new StringBuilder();
      for (Bytes event : events) {
        stream.append(event.utf8());
      }
      SseReader source =
          new SseReader(new ByteArrayInputStream(Bytes.utf8(stream.toString()).toArray()));
      ChatEventReader reader = new ChatEventReader();
      while (source.next() instanceof Sse.Event next) {
        assertThat(reader.read(next.data()).kind()).isNotEqualTo(AnswerEvent.Kind.MALFORMED);
      }
      return reader;
    }

    @Test
    void reads_as_the_answer_that_was_written() throws IOException {
      ChatEventReader reader =
          read(
              writer.content(new Content.Reasoning("h\nm")),
              writer.content(new Content.Text("a\r\nb")),
              writer.content(new Content.Refusal("no")),
              writer.content(new Content.ToolCall(0, Optional.of("c1"), Optional.of("f"), "{")),
              writer.content(new Content.ToolCall(0, Optional.empty(), Optional.empty(), "}")),
              writer.ending(answer(FinishReason.TOOL_CALLS)));
      assertThat(reader.parts())
          .containsExactly(
              new Part.Reasoning("h\nm", Optional.empty()),
              new Part.Text("a\r\nb"),
              new Part.Refusal("no"),
              new Part.ToolCall("c1", "f", "{}"));
      assertThat(reader.finish()).isEqualTo(FinishReason.TOOL_CALLS);
      assertThat(reader.done()).isTrue();
      assertThat(reader.usage().total()).isEqualTo(USAGE.total());
      assertThat(reader.id()).contains("chatcmpl-" + CALL);
    }

    private List<AnswerEvent.Kind> kinds(Bytes... events) throws IOException {
      ChatEventReader reader = new ChatEventReader();
      SseReader source = new SseReader(new ByteArrayInputStream(Bytes.joined(events).toArray()));
      List<AnswerEvent.Kind> kinds = new ArrayList<>();
      while (source.next() instanceof Sse.Event next) {
        kinds.add(reader.read(next.data()).kind());
      }
      return kinds;
    }

    @Test
    void keeps_signatures_and_probabilities() throws IOException {
      List<TokenLogprob> tokens = ((Part.Logprobs) LIKELY).tokens();
      ChatEventReader reader =
          read(
              writer.content(new Content.Reasoning("h")),
              writer.content(new Content.Reasoning("m")),
              writer.content(new Content.Signed(ANTHROPIC)),
              writer.content(new Content.Signed(HIDDEN)),
              writer.content(new Content.Reasoning("x")),
              writer.content(new Content.Signed(GEMINI)),
              writer.content(new Content.Text("hi")),
              writer.content(new Content.Logprobs(tokens)),
              writer.content(new Content.Signed(GEMINI)),
              writer.content(new Content.ToolCall(0, Optional.of("c1"), Optional.of("f"), "{")),
              writer.content(new Content.ToolCall(0, Optional.empty(), Optional.empty(), "}")),
              writer.content(new Content.Signed(GEMINI)),
              writer.ending(answer(FinishReason.TOOL_CALLS)));
      assertThat(reader.parts())
          .containsExactly(
              signed("hm", ANTHROPIC),
              signed("", HIDDEN),
              signed("x", GEMINI),
              new Part.Text("hi"),
              LIKELY,
              signed("", GEMINI),
              new Part.ToolCall("c1", "f", "{}"),
              signed("", GEMINI));
    }

    @Test
    void sets_several_reasonings_apart_in_their_text() {
      String events =
          Bytes.joined(
                  writer.content(new Content.Reasoning("fir")),
                  writer.content(new Content.Reasoning("st")),
                  writer.content(new Content.Signed(ANTHROPIC)),
                  writer.content(new Content.Signed(HIDDEN)),
                  writer.content(new Content.Reasoning("second")))
              .utf8();
      assertThat(events)
          .contains(
              "\"reasoning_content\":\"fir\"",
              "\"reasoning_content\":\"st\"",
              "\"reasoning_content\":\"\\n\\nsecond\"",
              "\"text\":\"second\"");
    }

    @Test
    void tells_of_a_refusal_how_likely_it_was() throws IOException {
      List<TokenLogprob> tokens = ((Part.Logprobs) LIKELY).tokens();
      ChatEventReader reader =
          read(
              writer.content(new Content.Refusal("no")),
              writer.content(new Content.Logprobs(tokens)),
              writer.ending(answer(FinishReason.REFUSAL)));
      assertThat(reader.parts()).containsExactly(new Part.Refusal("no"), LIKELY);
    }

    @Test
    void has_events_of_the_kinds_that_clients_expect() throws IOException {
      assertThat(
              kinds(
                  writer.content(new Content.Text("x")), writer.ending(answer(FinishReason.STOP))))
          .containsExactly(
              AnswerEvent.Kind.PRELUDE,
              AnswerEvent.Kind.CONTENT,
              AnswerEvent.Kind.FINISH,
              AnswerEvent.Kind.USAGE,
              AnswerEvent.Kind.DONE);
    }

    @Test
    void without_content_is_opened_all_the_same() throws IOException {
      assertThat(kinds(writer.ending(answer(FinishReason.STOP))))
          .containsExactly(
              AnswerEvent.Kind.PRELUDE,
              AnswerEvent.Kind.FINISH,
              AnswerEvent.Kind.USAGE,
              AnswerEvent.Kind.DONE);
    }

    @Test
    void tells_the_usage_only_when_asked() {
      Answer answer = new Answer(List.of(), FinishReason.STOP, details(Usage.ABSENT, false));
      assertThat(writer.ending(answer).utf8()).contains("\"usage\":null");
      assertThat(new ChatAnswerWriter(CALL, "m", CREATED, false).ending(answer).utf8())
          .doesNotContain("usage");
    }
  }

  @Nested
  class AnError {
    private static Failure failure(ErrorCode code, Optional<String> field) {
      return Failure.refused(code, "It is wrong.", field, details(Usage.NONE, false));
    }

    @Test
    void has_the_shape_of_openai() {
      assertThat(ErrorWriter.write(failure(ErrorCode.INVALID_REQUEST, Optional.of("n"))).utf8())
          .isEqualTo(
              "{\"error\":{\"message\":\"It is wrong.\",\"type\":\"invalid_request_error\","
                  + "\"param\":\"n\",\"code\":\"invalid_request\"}}");
    }

    @ParameterizedTest
    @CsvSource({
      "MODEL_NOT_FOUND, invalid_request_error",
      "UNAUTHENTICATED, authentication_error",
      "PROVIDER_AUTHENTICATION, authentication_error",
      "FORBIDDEN, permission_error",
      "RATE_LIMITED, rate_limit_error",
      "PROVIDER_QUOTA, insufficient_quota",
      "PROVIDER_ERROR, server_error",
      "CONNECTION_LOST, server_error",
      "LEDGER_UNAVAILABLE, server_error",
    })
    void has_the_type_that_clients_know(ErrorCode code, String type) {
      Optional<ApiError> error =
          ChatErrorReader.read(ErrorWriter.write(failure(code, Optional.empty())));
      assertThat(error)
          .contains(
              new ApiError(
                  Optional.of("It is wrong."),
                  Optional.of(type),
                  Optional.empty(),
                  Optional.of(code.text()),
                  true,
                  Optional.empty()));
    }

    @Test
    void may_be_an_event() {
      Bytes event = ChatEventWriter.error(failure(ErrorCode.IDLE_TIMEOUT, Optional.empty()));
      assertThat(event.utf8()).startsWith("data: {\"error\":").endsWith("}\n\n");
    }
  }

  @Test
  void models_are_listed() {
    ModelCard small =
        new ModelCard("sim/small", "sim", Optional.of(CREATED), true, Optional.empty());
    ModelCard alias =
        new ModelCard("fast", "assay", Optional.empty(), false, Optional.of("openai/gpt-4o-mini"));
    assertThat(ModelListWriter.list(List.of(small, alias)).utf8())
        .isEqualTo(
            "{\"object\":\"list\",\"data\":[{\"id\":\"sim/small\",\"object\":\"model\","
                + "\"created\":1790000000,\"owned_by\":\"sim\",\"simulated\":true},"
                + "{\"id\":\"fast\",\"object\":\"model\",\"created\":0,\"owned_by\":\"assay\","
                + "\"target\":\"openai/gpt-4o-mini\"}]}");
    assertThat(ModelListWriter.one(alias).utf8()).startsWith("{\"id\":\"fast\"");
  }
}
