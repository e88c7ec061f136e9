package dev.assay.web.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of requests and of what streams have brought so far may be in memory at once.
 * Thread-safe.
 */
public final class ByteBudget {
  private final long total;
  private final AtomicLong taken = new AtomicLong();

  /**
   * A full budget.
   *
   * @param total in bytes
   */
  public ByteBudget(long total) {
    this.total = total;
  }

  /** Takes bytes; false, and nothing taken, when there are not so many left. */
  public boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= total) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  /** Takes bytes that are there already, also when there are not so many left. */
  public void hold(long bytes) {
    taken.addAndGet(bytes);
  }

  /** Gives bytes back. */
  public void give(long bytes) {
    taken.addAndGet(-bytes);
  }

  /** How many bytes are taken. */
  public long taken() {
    return taken.get();
  }
}
