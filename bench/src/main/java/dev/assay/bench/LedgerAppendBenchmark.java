package dev.assay.bench;

import dev.assay.core.secret.Secrets;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.core.time.Clock;
import dev.assay.ledger.LedgerSettings;
import dev.assay.ledger.SqliteLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Records that are durable before the next one is made, by one caller and by many. {@code
 * -Dledger.folder} names the disk; {@link LedgerLoad} tells processor time and waiting apart.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Djmh.executor=VIRTUAL", "--enable-native-access=ALL-UNNAMED"})
public class LedgerAppendBenchmark {
  private final LedgerSamples samples = new LedgerSamples();

  @SuppressWarnings("NullAway.Init") // JMH calls the set-up
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private SqliteLedger ledger;

  /** A new ledger. */
  @Setup
  public void open() throws Exception {
    String parent = System.getProperty("ledger.folder", System.getProperty("java.io.tmpdir"));
    folder = Files.createTempDirectory(Path.of(parent), "ledger");
    ledger = SqliteLedger.open(LedgerSettings.of(folder), Clock.system(), Secrets.NONE);
  }

  /** Takes it away. */
  @TearDown
  public void close() throws Exception {
    ledger.close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }

  /** One caller. */
  @Benchmark
  @Threads(1)
  public Durability oneCaller() {
    return ledger.record(samples.call()).await();
  }

  /** Sixteen callers. */
  @Benchmark
  @Threads(16)
  public Durability sixteenCallers() {
    return ledger.record(samples.call()).await();
  }

  /** Sixty-four callers. */
  @Benchmark
  @Threads(64)
  public Durability sixtyFourCallers() {
    return ledger.record(samples.call()).await();
  }
}
