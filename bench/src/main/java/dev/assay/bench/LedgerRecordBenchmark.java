package dev.assay.bench;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.secret.Secrets;
import dev.assay.core.store.CallRecord;
import dev.assay.core.time.Clock;
import dev.assay.ledger.record.Entries;
import dev.assay.ledger.record.Entry;
import dev.assay.ledger.record.EntryCodec;
import dev.assay.ledger.record.RecordDigests;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a record costs its caller, and what of it is left to the writer's thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LedgerRecordBenchmark {
  private final LedgerSamples samples = new LedgerSamples();
  private final Entries entries =
      new Entries(
          Secrets.of(List.of("sk-0123456789abcdef0123456789abcdef")),
          Clock.system(),
          Bytes.wrap(new byte[32]));
  private final CallRecord call = samples.call();
  private final Entry entry = entries.call(call, true);
  private final RecordDigests digests = new RecordDigests();

  /** JSON, scrubbing, commitments and digest of a call: the caller's part. */
  @Benchmark
  public Entry entry() {
    return entries.call(call, true);
  }

  /** The digest of a record in its place: all the hashing that the writer does for it. */
  @Benchmark
  public Bytes placedDigest() {
    return digests.record(entry.type(), "0123456789ab", 123_456, entry.content());
  }

  /** A record as bytes for the spill file. */
  @Benchmark
  public Bytes spilled() {
    return EntryCodec.write(entry);
  }
}
