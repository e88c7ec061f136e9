package dev.assay.web.http;

import dev.assay.core.time.Signal;
import dev.assay.core.time.Tasks;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls that run, so that stopping can wait for them. Thread-safe. */
public final class InFlight {
  private final AtomicInteger running = new AtomicInteger();
  private final Signal quiet;
  private volatile boolean closed;

  /** Nothing runs. */
  public InFlight(Tasks tasks) {
    this.quiet = tasks.signal();
  }

  /** Begins a call; false, and nothing begun, once no more are let in. */
  public boolean enter() {
    running.incrementAndGet();
    if (closed) {
      leave();
      return false;
    }
    return true;
  }

  /** Ends a call that was begun. */
  public void leave() {
    if (running.decrementAndGet() == 0 && closed) {
      quiet.fire();
    }
  }

  /** Lets no more calls in. */
  public void close() {
    closed = true;
    if (running.get() == 0) {
      quiet.fire();
    }
  }

  /** Whether no more calls are let in. */
  public boolean closed() {
    return closed;
  }

  /**
   * After {@link #close}: waits until nothing runs.
   *
   * @return whether nothing runs
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public boolean awaitQuiet(Duration atMost) throws InterruptedException {
    return quiet.await(atMost);
  }
}
