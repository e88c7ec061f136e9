package dev.assay.bench;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Wire;
import dev.assay.wire.format.AnswerEvent;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.json.Splice;
import dev.assay.wire.openai.ChatAnswerReader;
import dev.assay.wire.openai.ChatAnswerWriter;
import dev.assay.wire.openai.ChatEventReader;
import dev.assay.wire.openai.ChatRequestReader;
import dev.assay.wire.openai.ChatRequestWriter;
import dev.assay.wire.sse.Sse;
import dev.assay.wire.sse.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What the codec costs: a request, an answer, an event of a stream, a splice. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireBenchmark {
  private static final int EVENTS = 100;

  private final Bytes large = WireSamples.largeRequest();
  private final byte[] stream = WireSamples.stream();
  private final ChatRequest request = read(WireSamples.REQUEST);
  private final Wire wire = request.wire().orElseThrow();
  private final Wire largeWire = read(large).wire().orElseThrow();
  private final Bytes includeUsage = Bytes.utf8("{\"include_usage\":true}");
  private final ChatAnswerWriter writer =
      new ChatAnswerWriter(new UUID(7, 7), "sim/small", Instant.EPOCH, false);
  private final Delta.Content delta = new Delta.Content.Text(" cheaper");

  /** For JMH. */
  public WireBenchmark() {}

  private static ChatRequest read(Bytes body) {
    return switch (ChatRequestReader.read(body, Map.of(), Optional.empty())) {
      case RequestRead.Valid valid -> valid.request();
      case RequestRead.Invalid invalid -> throw new IllegalStateException(invalid.message());
    };
  }

  /** Reads and checks a request of 600 bytes. */
  @Benchmark
  public ChatRequest readRequest() {
    return read(WireSamples.REQUEST);
  }

  /** Reads and checks a request of 400 KB. */
  @Benchmark
  public ChatRequest readLargeRequest() {
    return read(large);
  }

  /** Reads an answer of 700 bytes. */
  @Benchmark
  public AnswerRead readAnswer() {
    return ChatAnswerReader.read(WireSamples.ANSWER);
  }

  /** Splices the model's name and the stream options into a request of 600 bytes. */
  @Benchmark
  public Bytes splice() {
    return new Splice(wire.body(), wire.members())
        .set("model", "gpt-4o-mini")
        .set("stream_options", includeUsage)
        .apply();
  }

  /** Splices the model's name into a request of 400 KB. */
  @Benchmark
  public Bytes spliceLarge() {
    return new Splice(largeWire.body(), largeWire.members()).set("model", "gpt-4o-mini").apply();
  }

  /** Writes a request from its canonical form. */
  @Benchmark
  public Bytes writeRequest() {
    return ChatRequestWriter.write(request);
  }

  /** Writes an event of a stream. */
  @Benchmark
  public Bytes writeChunk() {
    return writer.content(delta);
  }

  /** Finds one event of a stream. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void splitEvent(Blackhole hole) throws IOException {
    SseReader reader = new SseReader(new ByteArrayInputStream(stream));
    while (reader.next() instanceof Sse.Event event) {
      hole.consume(event);
    }
  }

  /** Finds one event of a stream and understands it. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void readEvent(Blackhole hole) throws IOException {
    SseReader reader = new SseReader(new ByteArrayInputStream(stream));
    ChatEventReader chat = new ChatEventReader();
    while (reader.next() instanceof Sse.Event event) {
      AnswerEvent read = chat.read(event.data());
      hole.consume(read);
    }
  }
}
