package dev.assay.ledger.write;

import dev.assay.core.store.Receipt.Durability;
import dev.assay.core.time.Clock;
import dev.assay.ledger.record.Entry;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Brings batches to where they are safe, and says so: to the database, or while that cannot be
 * written to the spill file, whose records are appended first when it can be again. Used by the
 * writer's thread; how it is doing may be asked by any.
 */
final class BatchWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final int REPLAY_RECORDS = 1_000;

  private final ReopeningChain chain;
  private final SpillFile spill;
  private final Checkpointer checkpointer;
  private final Clock clock;
  private final WriterLimits limits;
  private final AtomicLong spilled = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private volatile WriterState state = WriterState.WRITING;
  private volatile Optional<String> trouble = Optional.empty();
  private volatile boolean spillable = true;
  private long rollupsSince;
  private long probedAt;

  BatchWriter(
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
    this.rollupsSince = clock.nanos();
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

  /** Makes a batch safe and decides its tickets, in order. */
  void write(List<Pending> batch) {
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
        write(alone);
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

  /**
   * Does what is due besides: tries a database that could not be written, writes totals.
   *
   * @param meanwhile is run now and then while that takes long
   */
  void duties(Runnable meanwhile) {
    try {
      doDuties(meanwhile);
    } catch (RuntimeException defect) {
      LOG.error("The ledger's writer met a defect", defect);
      unwritable(String.valueOf(defect.getMessage()));
    }
  }

  private void doDuties(Runnable meanwhile) {
    if (state == WriterState.SPILLING && clock.nanos() - probedAt >= limits.probe().toNanos()) {
      probedAt = clock.nanos();
      recover(meanwhile);
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

  private void recover(Runnable meanwhile) {
    try {
      chain.probe();
      if (checkpointer.failure().isEmpty()) {
        replay(meanwhile);
      }
    } catch (OvertakenException overtaken) {
      overtaken();
    } catch (SQLException | IOException still) {
      trouble = Optional.of(String.valueOf(still.getMessage()));
    }
  }

  /** Appends what is in the spill file; what comes in meanwhile queues up behind it, in it. */
  private void replay(Runnable meanwhile) throws SQLException, IOException {
    spill.rewind();
    while (!spill.allRead()) {
      Replay.step(spill, chain, REPLAY_RECORDS);
      checkpointer.committed();
      if (spillable) {
        meanwhile.run();
      }
    }
    spill.clear();
    spillable = true;
    state = WriterState.WRITING;
    trouble = Optional.empty();
    LOG.info("The ledger can be written again; what was in the spill file is in it");
  }

  /** Writes what waits to be totalled and takes nothing more. */
  void finish() {
    try {
      if (state == WriterState.WRITING && chain.unrolled() > 0) {
        flushRollups();
      }
    } finally {
      state = WriterState.CLOSED;
    }
  }

  private long nanosToRollups() {
    return rollupsSince + limits.rollupDelay().toNanos() - clock.nanos();
  }

  /** How long until something is due; {@link Long#MAX_VALUE} while nothing is. */
  long nanosToDuty() {
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
