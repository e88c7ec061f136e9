package dev.assay.wire.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.sse.Sse;
import dev.assay.wire.sse.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is written reads as what it was. */
class RoundTripTest {
  private static final int ROUNDS = 400;
  private static final UUID CALL = UUID.fromString("01890000-0000-7000-8000-000000000001");

  @Test
  void a_request_comes_back_as_it_was() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      ChatRequest request = new RandomTalk(seed).request();
      Bytes body = MessagesRequestWriter.write(request, 4096);
      RequestRead read = MessagesRequestReader.read(body, Map.of(), Optional.empty());
      assertThat(read).as("seed %s: %s", seed, body.utf8()).isInstanceOf(RequestRead.Valid.class);
      ChatRequest back = ((RequestRead.Valid) read).request();
      assertThat(back.wire().orElseThrow().unread()).isEmpty();
      assertThat(withoutWire(back)).as("seed %s: %s", seed, body.utf8()).isEqualTo(request);
    }
  }

  @Test
  void an_answer_in_one_piece_comes_back_as_it_was() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Answer answer = answer(new RandomTalk(seed).answer(), seed);
      Bytes body = new MessagesAnswerWriter(CALL, "m").whole(answer);
      AnswerRead.Completion read = (AnswerRead.Completion) MessagesAnswerReader.read(body);
      assertThat(read.parts()).as("seed %s: %s", seed, body.utf8()).isEqualTo(answer.parts());
      assertThat(read.usage()).isEqualTo(answer.details().usage());
      assertThat(read.finish()).isEqualTo(answer.finish());
      assertThat(read.model()).contains("m");
      assertThat(read.id()).contains("msg_assay_01890000000070008000000000000001");
    }
  }

  @Test
  void a_streamed_answer_comes_back_as_it_was() throws IOException {
    for (int seed = 0; seed < ROUNDS; seed++) {
      RandomTalk random = new RandomTalk(seed);
      Answer answer = answer(random.answer(), seed);
      MessagesAnswerWriter writer = new MessagesAnswerWriter(CALL, "m");
      List<Bytes> events = new ArrayList<>();
      deltas(answer.parts(), random).forEach(delta -> events.add(writer.content(delta)));
      events.add(writer.ending(answer));
      Bytes stream = Bytes.joined(events.toArray(Bytes[]::new));
      MessagesEventReader reader = read(stream);
      assertThat(reader.parts()).as("seed %s: %s", seed, stream.utf8()).isEqualTo(answer.parts());
      assertThat(reader.usage()).isEqualTo(answer.details().usage());
      assertThat(reader.finish()).isEqualTo(answer.finish());
      assertThat(reader.done()).isTrue();
    }
  }

  private static MessagesEventReader read(Bytes stream) throws IOException {
    MessagesEventReader reader = new MessagesEventReader();
    SseReader source = new SseReader(new ByteArrayInputStream(stream.toArray()), 1_000_000);
    for (Sse next = source.next(); next instanceof Sse.Event event; next = source.next()) {
      reader.read(event.data());
    }
    return reader;
  }

  private static List<Delta.Content> deltas(List<Part> parts, RandomTalk random) {
    List<Delta.Content> deltas = new ArrayList<>();
    int calls = 0;
    for (Part part : parts) {
      switch (part) {
        case Part.Text(String text) ->
            random.pieces(text).forEach(piece -> deltas.add(new Delta.Content.Text(piece)));
        case Part.Reasoning(String text, var signature) -> {
          random.pieces(text).forEach(piece -> deltas.add(new Delta.Content.Reasoning(piece)));
          deltas.add(new Delta.Content.Signed(signature.orElseThrow()));
        }
        case Part.ToolCall(String id, String name, String arguments) -> {
          int index = calls++;
          deltas.add(call(index, Optional.of(id), Optional.of(name), ""));
          random
              .pieces(arguments)
              .forEach(piece -> deltas.add(call(index, Optional.empty(), Optional.empty(), piece)));
        }
        default -> throw new AssertionError(part);
      }
    }
    return deltas;
  }

  private static Delta.Content call(
      int index, Optional<String> id, Optional<String> name, String arguments) {
    return new Delta.Content.ToolCall(index, id, name, arguments);
  }

  private static Answer answer(List<Part> parts, int seed) {
    List<FinishReason> reasons =
        List.of(
            FinishReason.STOP, FinishReason.LENGTH, FinishReason.TOOL_CALLS, FinishReason.REFUSAL);
    Usage usage = new Usage(seed, 3, seed % 5, seed % 7, 50, seed % 3, Provenance.REPORTED);
    return new Answer(parts, reasons.get(seed % reasons.size()), details(usage));
  }

  static Details details(Usage usage) {
    return new Details(
        CallKind.PROVIDER,
        "p",
        "m",
        usage,
        Cost.unknown(),
        List.of(),
        new Timings(Instant.EPOCH, Duration.ofMillis(1), Optional.empty()),
        Optional.empty(),
        List.of(),
        false);
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
}
