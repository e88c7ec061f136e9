package dev.assay.ledger.write;

import dev.assay.core.store.Receipt;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.ledger.record.Bodies;
import dev.assay.ledger.record.Entry;
import dev.assay.ledger.record.RecordType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The queue in front of the writer: many put in, one takes everything at once. What is in it has a
 * bound in bytes; whoever would pass it waits until the writer has caught up.
 */
final class Intake {
  private static final int UNIT = 1_024;

  // Stands at the top of the stack once nothing is taken any more.
  private static final Pending END = new Pending(nothing());

  private final AtomicReference<@Nullable Pending> top = new AtomicReference<>();
  private final AtomicInteger length = new AtomicInteger();
  private final Semaphore room;
  private final int units;
  private volatile @Nullable Thread writer;

  /**
   * An empty queue.
   *
   * @param bytes how many bytes may wait
   */
  Intake(long bytes) {
    units = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
    room = new Semaphore(units);
  }

  /** Says whom to wake. */
  void serve(Thread thread) {
    writer = thread;
  }

  /** Puts an entry in, behind all others. Once the queue is closed, the entry is lost. */
  Receipt put(Entry entry) {
    int taken = units(entry);
    room.acquireUninterruptibly(taken);
    Pending pending = new Pending(entry);
    Pending before;
    do {
      before = top.get();
      if (before == END) {
        room.release(taken);
        return Ticket.of(Durability.LOST);
      }
      pending.next = before;
    } while (!top.compareAndSet(before, pending));
    length.incrementAndGet();
    if (before == null) {
      LockSupport.unpark(writer);
    }
    return pending.ticket();
  }

  /** Takes everything, oldest first. */
  List<Pending> takeAll() {
    Pending newest;
    do {
      newest = top.get();
      if (newest == null || newest == END) {
        return List.of();
      }
    } while (!top.compareAndSet(newest, null));
    return oldestFirst(newest);
  }

  /** Whether there is nothing to take. */
  boolean isEmpty() {
    Pending newest = top.get();
    return newest == null || newest == END;
  }

  /** Closes it and takes what was in it, oldest first. */
  List<Pending> close() {
    Pending newest = top.getAndSet(END);
    // Whoever waits for room finds it closed then.
    room.release(units);
    return newest == null || newest == END ? List.of() : oldestFirst(newest);
  }

  /** Says that entries have left: there is room for others. */
  void done(List<Pending> left) {
    int given = 0;
    for (Pending pending : left) {
      given += units(pending.entry());
    }
    length.addAndGet(-left.size());
    room.release(given);
  }

  /** How many entries are in it or with the writer. */
  int length() {
    return length.get();
  }

  /** About how many bytes are in it or with the writer. */
  long bytes() {
    return (long) (units - room.availablePermits()) * UNIT;
  }

  private int units(Entry entry) {
    return Math.clamp(entry.size() / UNIT, 1, units);
  }

  private static Entry nothing() {
    @Nullable Object[] values = new @Nullable Object[RecordType.DELIVERY.columns().size()];
    return new Entry(RecordType.DELIVERY, values, List.of(), Bodies.NONE);
  }

  private static List<Pending> oldestFirst(Pending newest) {
    List<Pending> all = new ArrayList<>();
    for (Pending pending = newest; pending != null; ) {
      all.add(pending);
      Pending older = pending.next;
      // So that a receipt that is kept does not keep a chain of entries.
      pending.next = null;
      pending = older;
    }
    Collections.reverse(all);
    return all;
  }
}
