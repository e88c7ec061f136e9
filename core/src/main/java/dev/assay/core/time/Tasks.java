package dev.assay.core.time;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Everything that runs beside its caller or waits. Thread-safe.
 *
 * <p>Tests put a seeded scheduler behind it that runs one task at a time on virtual time, so that
 * every interleaving can be replayed and an hour passes in milliseconds.
 */
public interface Tasks {
  /**
   * Starts a task beside the caller.
   *
   * @param name what it does, for thread dumps
   * @param body the work
   */
  <T> Task<T> fork(String name, Callable<T> body);

  /**
   * Waits for a time.
   *
   * @throws InterruptedException when the waiting thread is interrupted
   */
  void sleep(Duration duration) throws InterruptedException;

  /** A new signal, not yet fired; waiting for it is the only other way to wait. */
  Signal signal();

  /** Tasks on virtual threads in real time. */
  static Tasks virtualThreads() {
    return VirtualThreadTasks.INSTANCE;
  }
}
