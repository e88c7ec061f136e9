package dev.assay.core.time;

import java.util.concurrent.ExecutionException;

/**
 * Work that was started with {@link Tasks#fork}.
 *
 * @param <T> what it gives
 */
public interface Task<T> {
  /**
   * Waits for the result.
   *
   * @throws ExecutionException when the work threw; the cause is what it threw
   * @throws InterruptedException when the waiting thread is interrupted
   */
  T await() throws ExecutionException, InterruptedException;

  /** Interrupts the work if it still runs; {@link #await} then reports what came of that. */
  void interrupt();
}
