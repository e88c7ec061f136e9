package dev.assay.testkit;

import dev.assay.core.time.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A signal on virtual time. */
final class VirtualSignal implements Signal {
  private final VirtualTime time;
  private final String what;
  private final List<VirtualTask<?>> waiting = new ArrayList<>();
  private boolean fired;

  VirtualSignal(VirtualTime time, String what) {
    this.time = time;
    this.what = what;
  }

  @Override
  public void fire() {
    synchronized (time.lock) {
      fired = true;
      waiting.forEach(time::wake);
      waiting.clear();
    }
  }

  @Override
  public boolean fired() {
    synchronized (time.lock) {
      return fired;
    }
  }

  @Override
  public void await() throws InterruptedException {
    time.await(this, VirtualTime.FOREVER);
  }

  @Override
  public boolean await(Duration atMost) throws InterruptedException {
    return time.await(this, atMost);
  }

  /** Wakes a task when it is fired. The lock is held. */
  void remember(VirtualTask<?> task) {
    waiting.add(task);
  }

  /** The task waits no longer. The lock is held. */
  void forget(VirtualTask<?> task) {
    waiting.remove(task);
  }

  /** What a task waits for that waits for it. */
  String what() {
    return what;
  }
}
