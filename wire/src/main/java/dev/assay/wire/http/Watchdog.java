package dev.assay.wire.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One thread that looks after all exchanges of a client. It is a platform thread, so that it runs
 * even when every carrier of virtual threads is busy.
 */
final class Watchdog implements AutoCloseable {
  private static final Duration BEAT = Duration.ofMillis(50);

  private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
  private final Runnable chore;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Starts the thread.
   *
   * @param chore something else that is done at every beat
   */
  Watchdog(Runnable chore) {
    this.chore = chore;
    this.thread = Thread.ofPlatform().daemon().name("http-watchdog").unstarted(this::run);
    thread.start();
  }

  void watch(Exchange exchange) {
    exchanges.add(exchange);
  }

  void unwatch(Exchange exchange) {
    exchanges.remove(exchange);
  }

  /** Everything that is watched now. */
  Set<Exchange> watched() {
    return exchanges;
  }

  private void run() {
    while (rest()) {
      exchanges.forEach(Exchange::check);
      chore.run();
    }
  }

  /** Waits for the next beat; false when there will be none. */
  private boolean rest() {
    try {
      return !closed.await(BEAT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException unexpected) {
      return false;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
