package dev.assay.ledger.write;

import dev.assay.core.store.Receipt;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.core.time.Clock;
import dev.assay.ledger.record.Entry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The one writer's thread: takes all entries that wait and makes them durable, many by one commit.
 * It is a platform thread, because calls into SQLite hold the thread that carries a virtual one.
 */
final class LedgerWriter {
  private final BatchWriter batches;
  private final WriterLimits limits;
  private final Intake intake;
  private final Gathering gathering;
  private final Thread thread;
  private volatile boolean closing;
  private List<Pending> inHand = List.of();

  LedgerWriter(BatchWriter batches, Clock clock, WriterLimits limits) {
    this.batches = batches;
    this.limits = limits;
    this.intake = new Intake(limits.queueBytes());
    this.gathering = new Gathering(limits.gather(), clock);
    this.thread = Thread.ofPlatform().name("assay-ledger-writer").daemon().unstarted(this::run);
  }

  /** Starts the thread. */
  void start() {
    intake.serve(thread);
    thread.start();
  }

  /** Takes an entry; waits while too much is waiting already. */
  Receipt put(Entry entry) {
    return intake.put(entry);
  }

  /** How many records wait. */
  int waiting() {
    return intake.length();
  }

  /**
   * Takes nothing more, writes what waits and ends.
   *
   * @return whether it ended in time
   */
  boolean close(Duration atMost) {
    closing = true;
    LockSupport.unpark(thread);
    return Threads.join(thread, atMost);
  }

  private void run() {
    try {
      while (!closing) {
        write(gathering.take(intake, batches.nanosToDuty(), () -> closing));
        batches.duties(() -> write(intake.takeAll()));
      }
      write(intake.close());
      batches.finish();
    } finally {
      // After a defect too nobody may wait for ever.
      inHand.forEach(pending -> pending.ticket().decide(Durability.LOST));
      intake.close().forEach(pending -> pending.ticket().decide(Durability.LOST));
      batches.finish();
    }
  }

  private void write(List<Pending> taken) {
    inHand = taken;
    int from = 0;
    while (from < taken.size()) {
      int to = end(taken, from);
      List<Pending> batch = taken.subList(from, to);
      batches.write(batch);
      intake.done(batch);
      from = to;
    }
    inHand = List.of();
  }

  private int end(List<Pending> taken, int from) {
    int to = from + 1;
    long bytes = taken.get(from).entry().size();
    while (to < taken.size() && to - from < limits.batchRecords() && bytes < limits.batchBytes()) {
      bytes += taken.get(to).entry().size();
      to++;
    }
    return to;
  }
}
