package dev.assay.ledger.write;

import java.time.Duration;

/** Waiting for threads to end. */
final class Threads {
  private Threads() {}

  /** Waits until a thread has ended; an interrupt is kept for later. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException interrupt) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until a thread has ended, or for a time; an interrupt ends the waiting and is kept.
   *
   * @return whether it has ended
   */
  static boolean join(Thread thread, Duration atMost) {
    try {
      return thread.join(atMost);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
