package dev.assay.bench;

import dev.assay.core.secret.Secrets;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.core.time.Clock;
import dev.assay.ledger.LedgerSettings;
import dev.assay.ledger.SqliteLedger;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Drives a ledger with callers on virtual threads that each wait until their record is durable, and
 * says what a record costs: {@code LedgerLoad <callers> <seconds> <folder> <microseconds between a
 * caller's calls>}; the last is a mean, drawn anew each time.
 */
final class LedgerLoad {
  private static final int WARM_UP_SECONDS = 5;
  private static final int SAMPLES = 1 << 20;
  private static final double MICROS = 1_000.0;

  private final SqliteLedger ledger;
  private final LedgerSamples samples = new LedgerSamples();
  private final Clock clock = Clock.system();
  private final AtomicLong done = new AtomicLong();
  private final long[] waits = new long[SAMPLES];
  private final long thinkNanos;

  private LedgerLoad(SqliteLedger ledger, long thinkNanos) {
    this.ledger = ledger;
    this.thinkNanos = thinkNanos;
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    int callers = Integer.parseInt(arguments[0]);
    int seconds = Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory(Path.of(arguments[2]), "ledger");
    try (SqliteLedger ledger =
        SqliteLedger.open(LedgerSettings.of(folder), Clock.system(), Secrets.NONE)) {
      new LedgerLoad(ledger, Long.parseLong(arguments[3]) * 1_000).run(callers, seconds);
    }
  }

  private void run(int callers, int seconds) throws InterruptedException {
    for (int i = 0; i < callers; i++) {
      Thread.ofVirtual().start(this::call);
    }
    Thread.sleep(Duration.ofSeconds(WARM_UP_SECONDS));
    long writer = writer();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long began = clock.nanos();
    long before = done.get();
    long writerBefore = threads.getThreadCpuTime(writer);
    long allBefore = processNanos();
    long peakWal = 0;
    for (int i = 0; i < seconds * 10; i++) {
      Thread.sleep(Duration.ofMillis(100));
      peakWal = Math.max(peakWal, ledger.health().walBytes());
    }
    long records = done.get() - before;
    double nanos = clock.nanos() - began;
    System.out.printf(
        "callers %d: %.0f records/s, writer %.1f us CPU a record, process %.1f us CPU a record, WAL up to %d MB%n",
        callers,
        records / nanos * 1e9,
        (threads.getThreadCpuTime(writer) - writerBefore) / MICROS / records,
        (processNanos() - allBefore) / MICROS / records,
        peakWal >> 20);
    printWaits(before, records);
  }

  private void printWaits(long first, long records) {
    long[] sorted = new long[(int) Math.min(records, SAMPLES)];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = waits[(int) ((first + i) % SAMPLES)];
    }
    Arrays.sort(sorted);
    System.out.printf(
        "  wait p50 %.0f us, p95 %.0f us, p99 %.0f us, p99.9 %.0f us, max %.0f us%n",
        at(sorted, 0.5), at(sorted, 0.95), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
  }

  private static double at(long[] sorted, double quantile) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * quantile))] / MICROS;
  }

  private void call() {
    while (true) {
      CallRecord call = samples.call();
      think();
      long began = clock.nanos();
      if (ledger.record(call).await() != Durability.RECORDED) {
        return;
      }
      waits[(int) (done.getAndIncrement() % SAMPLES)] = clock.nanos() - began;
    }
  }

  private void think() {
    if (thinkNanos > 0) {
      double factor = -Math.log(1 - ThreadLocalRandom.current().nextDouble());
      LockSupport.parkNanos((long) (thinkNanos * factor));
    }
  }

  private static long processNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long writer() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("assay-ledger-writer"))
        .findFirst()
        .orElseThrow()
        .threadId();
  }
}
