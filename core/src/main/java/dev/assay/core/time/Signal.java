package dev.assay.core.time;

import java.time.Duration;

/** An event that happens once. Thread-safe; whoever waits after it was fired does not wait. */
public interface Signal {
  /** Wakes all who wait, now and later. Firing again does nothing. */
  void fire();

  /** Whether it was fired. */
  boolean fired();

  /**
   * Waits until it is fired.
   *
   * @throws InterruptedException when the waiting thread is interrupted
   */
  void await() throws InterruptedException;

  /**
   * Waits until it is fired, or for a time.
   *
   * @return whether it was fired
   * @throws InterruptedException when the waiting thread is interrupted
   */
  boolean await(Duration atMost) throws InterruptedException;
}
