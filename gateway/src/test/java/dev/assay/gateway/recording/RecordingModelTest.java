package dev.assay.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.bytes.Span;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Delta;
import dev.assay.core.model.Model;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.CallStatus;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Member;
import dev.assay.core.request.Streaming;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.core.store.Recorded;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import dev.assay.gateway.Contexts;
import dev.assay.testkit.MemoryRecorder;
import dev.assay.testkit.ScriptedProvider;
import dev.assay.testkit.Turn;
import dev.assay.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecordingModelTest {
  private static final ChatRequest REQUEST = ChatRequest.of("m", "hello");
  private static final ChatRequest STREAM = REQUEST.withStreaming(Streaming.EVENTS);

  private final VirtualTime time = VirtualTime.seeded(1);
  private final MemoryRecorder recorder = new MemoryRecorder(time);
  private final ScriptedProvider provider = new ScriptedProvider("p", time, time);
  private final RecordingModel model = new RecordingModel(provider, recorder, time);
  private final List<Delta> passed = new ArrayList<>();

  private CallRecord only() {
    assertThat(recorder.calls()).hasSize(1);
    return recorder.calls().getFirst();
  }

  private static void assertFailed(Recorded recorded, ErrorCode code) {
    assertThat(recorded.outcome())
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @Nested
  class Outcomes {
    @Test
    void ofAnswersAreRecorded() throws Exception {
      time.run(() -> {
        provider.then(Turn.answer("hi").after(Duration.ofSeconds(3)));
        CallContext context = Contexts.of(time);
        Recorded recorded = model.ask(REQUEST, context, Sink.discarding());
        assertThat(recorded.outcome()).isInstanceOf(Answer.class);
        assertThat(recorded.receipt().await()).isEqualTo(Durability.RECORDED);
        CallRecord record = only();
        assertThat(record.outcome()).isEqualTo(recorded.outcome());
        assertThat(record.context()).isEqualTo(context);
        assertThat(record.createdAt()).isEqualTo(VirtualTime.START);
        assertThat(record.delivered()).isEqualTo(Delivered.YES);
        assertThat(record.started()).isFalse();
        assertThat(record.modality()).isEqualTo("text");
        assertThat(record.outcome().details().timings().latency()).isEqualTo(Duration.ofSeconds(3));
        assertThat(record.outcome().details().timings().firstToken()).isEmpty();
        assertThat(recorder.starts()).isEmpty();
      });
    }

    @Test
    void ofFailuresAreRecorded() throws Exception {
      time.run(() -> {
        provider.then(Turn.failure(ErrorCode.PROVIDER_ERROR));
        Recorded recorded = model.ask(REQUEST, Contexts.of(time), Sink.discarding());
        assertFailed(recorded, ErrorCode.PROVIDER_ERROR);
        assertThat(only().outcome()).isEqualTo(recorded.outcome());
        assertThat(only().delivered()).isEqualTo(Delivered.YES);
      });
    }

    @Test
    void ofADefectAreRecordedAsAFailureThatSaysNothingPrivate() throws Exception {
      Model defective =
          (request, context, sink) -> {
            throw new IllegalStateException("sk-secret");
          };
      time.run(() -> {
        Recorded recorded =
            new RecordingModel(defective, recorder, time)
                .ask(REQUEST, Contexts.of(time), Sink.discarding());
        assertFailed(recorded, ErrorCode.INTERNAL_ERROR);
        assertThat(((Failure) recorded.outcome()).message()).doesNotContain("secret");
        assertThat(recorded.outcome().details().usage()).isEqualTo(Usage.ABSENT);
        assertThat(recorded.outcome().details().cost()).isEqualTo(Cost.unknown());
        assertThat(only().outcome()).isEqualTo(recorded.outcome());
      });
    }

    @Test
    void ofAnErrorAreRecordedToo() throws Exception {
      Model defective =
          (request, context, sink) -> {
            throw new StackOverflowError();
          };
      time.run(() -> {
        Recorded recorded =
            new RecordingModel(defective, recorder, time)
                .ask(REQUEST, Contexts.of(time), Sink.discarding());
        assertFailed(recorded, ErrorCode.INTERNAL_ERROR);
        assertThat(recorder.calls()).hasSize(1);
      });
    }

    @Test
    void areTurnedAwayWhileTheLedgerRefuses() throws Exception {
      time.run(() -> {
        recorder.admit(false);
        Recorded recorded = model.ask(REQUEST, Contexts.of(time), Sink.discarding());
        assertFailed(recorded, ErrorCode.LEDGER_UNAVAILABLE);
        assertThat(recorded.outcome().status()).isEqualTo(CallStatus.REFUSED);
        assertThat(recorded.receipt().await().safe()).isTrue();
        assertThat(recorder.calls()).isEmpty();
        assertThat(provider.asked()).isEmpty();
        assertThat(model.unrecorded()).isEqualTo(1);
      });
    }

    @Test
    void carryTheReceiptOfTheirRecord() throws Exception {
      time.run(() -> {
        recorder.become(Durability.SPILLED);
        Recorded recorded = model.ask(REQUEST, Contexts.of(time), Sink.discarding());
        assertThat(recorded.receipt().await()).isEqualTo(Durability.SPILLED);
      });
    }
  }

  @Nested
  class Streams {
    @Test
    void showTheirFirstContentOnlyWhenTheStartIsDurable() throws Exception {
      time.run(() -> {
        provider.then(Turn.answer("a", "b").after(Duration.ofSeconds(2)));
        recorder.hold();
        CallContext context = Contexts.of(time);
        var call = time.fork("call", () -> model.ask(STREAM, context, passed::add));
        time.sleep(Duration.ofSeconds(10));
        assertThat(recorder.starts()).hasSize(1);
        assertThat(recorder.starts().getFirst().context()).isEqualTo(context);
        assertThat(recorder.starts().getFirst().model()).isEqualTo("m");
        assertThat(recorder.starts().getFirst().createdAt()).isEqualTo(VirtualTime.START);
        assertThat(passed).isEmpty();
        recorder.release();
        Recorded recorded = call.await();
        assertThat(passed).containsExactly(Delta.text("a"), Delta.text("b"));
        assertThat(recorder.starts()).hasSize(1);
        assertThat(only().started()).isTrue();
        assertThat(only().delivered()).isEqualTo(Delivered.YES);
        assertThat(recorded.outcome().details().timings().firstToken())
            .contains(Duration.ofSeconds(2));
        assertThat(recorded.outcome().details().timings().latency())
            .isEqualTo(Duration.ofSeconds(10));
      });
    }

    @Test
    void showTheirContentWhenTheStartIsInTheSpillFile() throws Exception {
      time.run(() -> {
        recorder.become(Durability.SPILLED);
        provider.then(Turn.answer("a"));
        model.ask(STREAM, Contexts.of(time), passed::add);
        assertThat(passed).hasSize(1);
      });
    }

    @Test
    void showNothingWhenTheStartCannotBeRecorded() throws Exception {
      time.run(() -> {
        recorder.become(Durability.LOST);
        provider.then(Turn.answer("a", "b").paced(Duration.ofSeconds(1)));
        CallContext context = Contexts.of(time);
        Recorded recorded = model.ask(STREAM, context, passed::add);
        assertThat(passed).isEmpty();
        assertThat(recorder.starts()).hasSize(1);
        assertThat(context.cancellation().reason()).contains(CancellationReason.UNRECORDABLE);
        assertFailed(recorded, ErrorCode.LEDGER_UNAVAILABLE);
        assertThat(time.elapsed()).isZero();
        assertThat(only().started()).isTrue();
      });
    }

    @Test
    void areNoAnswerWhenTheyEndedBeforeTheirStartWasLost() throws Exception {
      Model hasty =
          (request, context, sink) -> {
            sink.accept(Delta.text("a"));
            return provider.answer(REQUEST, Contexts.of(time), Sink.discarding());
          };
      time.run(() -> {
        recorder.become(Durability.LOST);
        Recorded recorded =
            new RecordingModel(hasty, recorder, time).ask(STREAM, Contexts.of(time), passed::add);
        assertThat(passed).isEmpty();
        assertFailed(recorded, ErrorCode.LEDGER_UNAVAILABLE);
        assertThat(((Failure) recorded.outcome()).partial()).isNotEmpty();
        assertThat(recorded.outcome().details().usage()).isEqualTo(Turn.USAGE);
      });
    }

    @Test
    void areDeliveredInPartWhenTheyBreak() throws Exception {
      time.run(() -> {
        provider.then(Turn.failure(ErrorCode.CONNECTION_LOST).saying("a"));
        model.ask(STREAM, Contexts.of(time), passed::add);
        assertThat(only().delivered()).isEqualTo(Delivered.PARTIAL);
      });
    }

    @Test
    void thatFailBeforeTheirContentAreDeliveredAndHaveNoStart() throws Exception {
      time.run(() -> {
        provider.then(Turn.failure(ErrorCode.CONNECTION_LOST));
        model.ask(STREAM, Contexts.of(time), passed::add);
        assertThat(only().delivered()).isEqualTo(Delivered.YES);
        assertThat(only().started()).isFalse();
        assertThat(recorder.starts()).isEmpty();
      });
    }

    @Test
    void areDeliveredInPartToAClientThatLeft() throws Exception {
      time.run(() -> {
        provider.then(Turn.answer("a", "b").paced(Duration.ofSeconds(5)));
        CallContext context = Contexts.of(time);
        var call = time.fork("call", () -> model.ask(STREAM, context, passed::add));
        time.sleep(Duration.ofSeconds(1));
        context.cancellation().cancel(CancellationReason.CLIENT_GONE);
        assertThat(call.await().outcome().status()).isEqualTo(CallStatus.CANCELLED);
        assertThat(passed).hasSize(1);
        assertThat(only().delivered()).isEqualTo(Delivered.PARTIAL);
      });
    }

    @Test
    void showNothingToAClientThatLeftBeforeTheirContent() throws Exception {
      Model slow =
          (request, context, sink) -> {
            context.cancellation().cancel(CancellationReason.CLIENT_GONE);
            sink.accept(Delta.text("a"));
            sink.accept(Delta.text("b"));
            return provider.answer(REQUEST, Contexts.of(time), Sink.discarding());
          };
      time.run(() -> {
        Recorded recorded =
            new RecordingModel(slow, recorder, time).ask(STREAM, Contexts.of(time), passed::add);
        assertThat(recorded.outcome()).isInstanceOf(Answer.class);
        assertThat(passed).isEmpty();
        assertThat(recorder.starts()).isEmpty();
        assertThat(only().delivered()).isEqualTo(Delivered.NO);
      });
    }
  }

  @Nested
  class AnswersInOnePiece {
    @Test
    void areNotDeliveredToAClientThatLeft() throws Exception {
      time.run(() -> {
        provider.then(Turn.answer("a").after(Duration.ofSeconds(5)));
        CallContext context = Contexts.of(time);
        var call = time.fork("call", () -> model.ask(REQUEST, context, Sink.discarding()));
        time.sleep(Duration.ofSeconds(1));
        context.cancellation().cancel(CancellationReason.CLIENT_GONE);
        assertThat(call.await().outcome().status()).isEqualTo(CallStatus.SUCCESS);
        assertThat(only().delivered()).isEqualTo(Delivered.NO);
      });
    }

    @Test
    void haveNoStartEvenWhenAModelShowsContent() throws Exception {
      Model talkative =
          (request, context, sink) -> {
            sink.accept(Delta.text("a"));
            return provider.answer(request, context, sink);
          };
      time.run(() -> {
        new RecordingModel(talkative, recorder, time).ask(REQUEST, Contexts.of(time), passed::add);
        assertThat(passed).isEmpty();
        assertThat(recorder.starts()).isEmpty();
      });
    }
  }

  @Nested
  class Requests {
    private static final String BODY = "{ \"user\": \"J\\u00f6\", \"model\":\"m\" }";

    private static ChatRequest overTheWire(String body, String member, int start, int end) {
      Wire wire =
          new Wire(
              WireFormat.OPENAI_CHAT,
              Bytes.utf8(body),
              Map.of(member, new Member(new Span(2, 8), new Span(start, end))),
              Map.of(),
              Optional.empty());
      return new ChatRequest(
          REQUEST.model(),
          REQUEST.messages(),
          REQUEST.sampling(),
          REQUEST.tools(),
          REQUEST.format(),
          REQUEST.reasoning(),
          REQUEST.streaming(),
          Optional.of(wire));
    }

    @Test
    void areKeptAsTheClientsOwnBytesWithTheUserThatTheyName() throws Exception {
      time.run(() -> {
        int start = BODY.indexOf("\"J");
        int end = BODY.indexOf(", \"model");
        ChatRequest request = overTheWire(BODY, "user", start, end);
        model.ask(request, Contexts.of(time), Sink.discarding());
        assertThat(only().request()).isEqualTo(Bytes.utf8(BODY));
        assertThat(only().userId()).contains("Jö");
      });
    }

    @Test
    void mayNameTheUserByASafetyIdentifier() throws Exception {
      time.run(() -> {
        model.ask(
            overTheWire("{ \"safety_identifier\": \"J\"}", "safety_identifier", 23, 26),
            Contexts.of(time),
            Sink.discarding());
        assertThat(only().userId()).contains("J");
      });
    }

    @Test
    void nameNobodyWhenTheUserIsNoText() throws Exception {
      time.run(() -> {
        model.ask(
            overTheWire("{ \"user\": null}", "user", 10, 14), Contexts.of(time), Sink.discarding());
        assertThat(only().userId()).isEmpty();
      });
    }

    @Test
    void haveTheShapeOfOpenaisApiWhenTheyCameFromElsewhere() throws Exception {
      time.run(() -> {
        model.ask(REQUEST, Contexts.of(time), Sink.discarding());
        assertThat(only().request().utf8())
            .contains("\"model\":\"m\"")
            .contains("\"content\":\"hello\"");
        assertThat(only().userId()).isEmpty();
      });
    }

    @Test
    void toEmbedHaveThatShapeToo() throws Exception {
      time.run(() -> {
        provider.then(Turn.failure(ErrorCode.UNSUPPORTED_REQUEST));
        model.ask(
            new EmbeddingRequest("m", List.of("a", "b"), Optional.of(3), Optional.empty()),
            Contexts.of(time),
            Sink.discarding());
        assertThat(only().request().utf8())
            .isEqualTo("{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"dimensions\":3}");
        assertThat(only().modality()).isEqualTo("embedding");
      });
    }
  }
}
