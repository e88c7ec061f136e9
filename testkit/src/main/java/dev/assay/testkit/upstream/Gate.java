package dev.assay.testkit.upstream;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds a reply back until a test opens it. Thread-safe. */
public final class Gate {
  private static final long LONGEST_SECONDS = 60;

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  /** A closed gate. */
  public Gate() {}

  /** Lets the reply go on, now or when it comes. */
  public void open() {
    opened.countDown();
  }

  /**
   * Waits until a reply has come to the gate.
   *
   * @throws AssertionError when none comes within a minute
   */
  public void awaitReached() {
    try {
      if (!reached.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("no reply has come to the gate");
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a reply", interrupt);
    }
  }

  void pass() throws InterruptedException {
    reached.countDown();
    opened.await();
  }
}
