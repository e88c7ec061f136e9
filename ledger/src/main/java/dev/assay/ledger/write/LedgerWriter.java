package dev.assay.ledger.write;

import dev.assay.core.store.Receipt;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.core.time.Clock;
import dev.assay.ledger.record.Entry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The one writer: takes all entries that wait, makes them durable by one commit, and says so to
 * whoever waits, in order.
 *
 * <p>When the database cannot be written, entries go to the spill file until it can be again; then
 * what is in the file is appended first. The thread is a platform thread, because calls into SQLite
 * hold the thread that carries a virtual one.
 */
final class LedgerWriter {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);
  private static final int REPLAY_RECORDS = 1_000;

  private final ReopeningChain chain;
  private final SpillFile spill;
  private final Checkpointer checkpointer;
  private final Clock clock;
  private final WriterLimits limits;
  private final Intake intake;
  private final Gathering gathering;
  private final Thread thread;
  private final AtomicLong spilled = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private volatile WriterState state = WriterState.WRITING;
  private volatile Optional<String> trouble = Optional.empty();
  private volatile boolean spillable = true;
  private volatile boolean closing;
  private List<Pending> inHand = List.of();
  private long rollupsSince;
  private long probedAt;

  LedgerWriter(
      ReopeningChain chain,
      SpillFile spill,
      Checkpointer checkpointer,
      Clock clock,
      WriterLimits limits) {
    this.chain = chain;
    this.spill = spill;
    this.checkpointer = checkpointer;
    this.clock = clock;
    this.limits = limits;
    this.intake = new Intake(limits.queueBytes());
    this.gathering = new Gathering(limits.gather(), clock);
    this.thread = Thread.ofPlatform().name("assay-ledger-writer").daemon().unstarted(this::run);
    this.rollupsSince = clock.nanos();
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

  /** How it is doing. */
  WriterState state() {
    return state;
  }

  /** Why records do not go to the database; empty while they do. */
  Optional<String> trouble() {
    return trouble;
  }

  /** Whether the spill file could be written when it was last needed. */
  boolean spillable() {
    return spillable;
  }

  /** How many records went to the spill file since the start. */
  long spilled() {
    return spilled.get();
  }

  /** How many records could not be written anywhere since the start. */
  long lost() {
    return lost.get();
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
        List<Pending> taken = gathering.take(intake, nanosToDuty(), () -> closing);
        write(taken);
        duties();
      }
      write(intake.close());
      finish();
    } finally {
      // Also after a defect: nobody may wait for ever.
      state = WriterState.CLOSED;
      inHand.forEach(pending -> pending.ticket().decide(Durability.LOST));
      decide(intake.close(), Durability.LOST);
    }
  }

  private void write(List<Pending> taken) {
    inHand = taken;
    int from = 0;
    while (from < taken.size()) {
      int to = from;
      long bytes = 0;
      while (to < taken.size()
          && to - from < limits.batchRecords()
          && (to == from || bytes < limits.batchBytes())) {
        bytes += taken.get(to).entry().size();
        to++;
      }
      writeBatch(taken.subList(from, to));
      from = to;
    }
    inHand = List.of();
  }

  private void writeBatch(List<Pending> batch) {
    if (state == WriterState.WRITING && checkpointer.failure().isPresent()) {
      unwritable(checkpointer.failure().get());
    }
    switch (state) {
      case WRITING -> append(batch);
      case SPILLING -> spill(batch);
      case OVERTAKEN, CLOSED -> decide(batch, Durability.LOST);
    }
  }

  private void append(List<Pending> batch) {
    try {
      commit(entries(batch));
      decide(batch, Durability.RECORDED);
    } catch (SQLException failure) {
      appendFailed(batch, failure);
    } catch (RuntimeException defect) {
      LOG.error("A batch of records could not be written", defect);
      appendApart(batch);
    }
  }

  private void commit(List<Entry> entries) throws SQLException {
    boolean withRollups = chain.unrolled() >= limits.rollupCalls() || nanosToRollups() <= 0;
    chain.append(entries, withRollups);
    checkpointer.committed();
    if (withRollups) {
      rollupsSince = clock.nanos();
    }
  }

  private void appendFailed(List<Pending> batch, SQLException failure) {
    if (!violation(failure)) {
      unwritable(String.valueOf(failure.getMessage()));
      spill(batch);
      return;
    }
    try {
      chain.ensureOpen();
    } catch (OvertakenException overtaken) {
      overtaken();
      decide(batch, Durability.LOST);
      return;
    } catch (SQLException unreadable) {
      unwritable(String.valueOf(unreadable.getMessage()));
      spill(batch);
      return;
    }
    if (batch.size() > 1) {
      appendApart(batch);
    } else {
      // Its identifier is in the ledger already; what is there is never replaced.
      LOG.error("A record was refused: {}", failure.getMessage());
      decide(batch, Durability.LOST);
    }
  }

  // So that one bad record does not take the others with it.
  private void appendApart(List<Pending> batch) {
    for (Pending pending : batch) {
      List<Pending> alone = List.of(pending);
      if (state != WriterState.WRITING) {
        writeBatch(alone);
        continue;
      }
      try {
        commit(List.of(pending.entry()));
        decide(alone, Durability.RECORDED);
      } catch (SQLException failure) {
        appendFailed(alone, failure);
      } catch (RuntimeException defect) {
        LOG.error("A record could not be written", defect);
        decide(alone, Durability.LOST);
      }
    }
  }

  private void spill(List<Pending> batch) {
    try {
      spill.append(entries(batch));
      spillable = true;
      spilled.addAndGet(batch.size());
      decide(batch, Durability.SPILLED);
    } catch (IOException failure) {
      if (spillable) {
        LOG.error("The spill file cannot be written either: {}", failure.getMessage());
      }
      spillable = false;
      decide(batch, Durability.LOST);
    }
  }

  private void decide(List<Pending> batch, Durability durability) {
    if (durability == Durability.LOST) {
      lost.addAndGet(batch.size());
    }
    for (Pending pending : batch) {
      pending.ticket().decide(durability);
    }
    intake.done(batch);
  }

  private void unwritable(String reason) {
    state = WriterState.SPILLING;
    trouble = Optional.of(reason);
    probedAt = clock.nanos();
    LOG.error("The ledger cannot be written, records go to the spill file: {}", reason);
  }

  private void overtaken() {
    state = WriterState.OVERTAKEN;
    trouble = Optional.of("Another process writes this ledger");
    LOG.error("Another process writes this ledger; stop it and start again");
  }

  private void duties() {
    if (state == WriterState.SPILLING && clock.nanos() - probedAt >= limits.probe().toNanos()) {
      probedAt = clock.nanos();
      recover();
    }
    if (state == WriterState.WRITING && chain.unrolled() > 0 && nanosToRollups() <= 0) {
      flushRollups();
    }
  }

  private void flushRollups() {
    try {
      chain.flushRollups();
      rollupsSince = clock.nanos();
    } catch (SQLException failure) {
      unwritable(String.valueOf(failure.getMessage()));
    }
    checkpointer.committed();
  }

  private void recover() {
    try {
      chain.probe();
      if (checkpointer.failure().isEmpty()) {
        replay();
      }
    } catch (OvertakenException overtaken) {
      overtaken();
    } catch (SQLException | IOException still) {
      trouble = Optional.of(String.valueOf(still.getMessage()));
    }
  }

  /** Appends what is in the spill file; what comes in meanwhile queues up behind it, in it. */
  private void replay() throws SQLException, IOException {
    spill.rewind();
    while (!spill.allRead()) {
      Replay.step(spill, chain, REPLAY_RECORDS);
      checkpointer.committed();
      if (spillable) {
        write(intake.takeAll());
      }
    }
    spill.clear();
    spillable = true;
    state = WriterState.WRITING;
    trouble = Optional.empty();
    LOG.info("The ledger can be written again; what was in the spill file is in it");
  }

  private void finish() {
    if (state == WriterState.WRITING && chain.unrolled() > 0) {
      flushRollups();
    }
  }

  private long nanosToRollups() {
    return rollupsSince + limits.rollupDelay().toNanos() - clock.nanos();
  }

  /** How long the writer may sleep; {@link Long#MAX_VALUE} until it is woken. */
  private long nanosToDuty() {
    return switch (state) {
      case WRITING -> chain.unrolled() > 0 ? Math.max(1, nanosToRollups()) : Long.MAX_VALUE;
      case SPILLING -> Math.max(1, probedAt + limits.probe().toNanos() - clock.nanos());
      case OVERTAKEN, CLOSED -> Long.MAX_VALUE;
    };
  }

  private static List<Entry> entries(List<Pending> batch) {
    List<Entry> entries = new ArrayList<>(batch.size());
    for (Pending pending : batch) {
      entries.add(pending.entry());
    }
    return entries;
  }

  private static boolean violation(SQLException failure) {
    return failure instanceof SQLiteException sqlite
        && (sqlite.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
  }
}
