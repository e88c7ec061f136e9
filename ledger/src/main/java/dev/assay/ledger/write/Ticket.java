package dev.assay.ledger.write;

import dev.assay.core.store.Receipt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A receipt that is decided later. Waiting works on virtual and on platform threads alike; deciding
 * costs one unpark for each thread that waits.
 */
final class Ticket implements Receipt {
  private final AtomicReference<@Nullable Waiter> waiters = new AtomicReference<>();
  private volatile @Nullable Durability decided;

  /** A ticket of which it is known already what became of the record. */
  static Ticket of(Durability durability) {
    Ticket ticket = new Ticket();
    ticket.decide(durability);
    return ticket;
  }

  /** Says what became of the record; only the first time counts. */
  void decide(Durability durability) {
    if (decided != null) {
      return;
    }
    decided = durability;
    for (Waiter waiter = waiters.getAndSet(null); waiter != null; waiter = waiter.next) {
      LockSupport.unpark(waiter.thread);
    }
  }

  /** Whether it is decided that the record is safe. */
  boolean knownSafe() {
    Durability known = decided;
    return known != null && known.safe();
  }

  @Override
  public Durability await() {
    Durability known = decided;
    if (known != null) {
      return known;
    }
    enlist();
    boolean interrupted = false;
    while ((known = decided) == null) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return known;
  }

  private void enlist() {
    Waiter self = new Waiter(Thread.currentThread());
    do {
      self.next = waiters.get();
    } while (!waiters.compareAndSet(self.next, self));
  }

  private static final class Waiter {
    private final Thread thread;
    private @Nullable Waiter next;

    private Waiter(Thread thread) {
      this.thread = thread;
    }
  }
}
