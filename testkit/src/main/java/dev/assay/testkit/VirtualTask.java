package dev.assay.testkit;

import dev.assay.core.time.Task;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A task on virtual time.
 *
 * @param <T> what it gives
 */
final class VirtualTask<T> implements Task<T> {
  static final Comparator<VirtualTask<?>> BY_WAKING =
      Comparator.<VirtualTask<?>>comparingLong(VirtualTask::wakesAt)
          .thenComparingLong(task -> task.order);

  private static final int FRAMES = 3;

  private static final Set<String> SCHEDULER =
      Stream.of(VirtualTime.class, VirtualTask.class, VirtualSignal.class, DeadlockError.class)
          .map(Class::getName)
          .collect(Collectors.toUnmodifiableSet());

  private final VirtualTime time;
  private final String name;
  private final long order;
  private final Thread thread;
  private final Semaphore turn = new Semaphore(0);
  private final VirtualSignal done;
  private long wakesAt;
  private @Nullable VirtualSignal awaited;
  private @Nullable T result;
  private @Nullable Throwable failure;
  private boolean interrupted;
  private boolean seen;

  VirtualTask(VirtualTime time, String name, long order, Callable<T> body) {
    this.time = time;
    this.name = name;
    this.order = order;
    this.done = new VirtualSignal(time, "task '" + name + "'");
    this.thread = Thread.ofVirtual().name(name).unstarted(() -> live(body));
  }

  @Override
  public T await() throws ExecutionException, InterruptedException {
    done.await();
    synchronized (time.lock) {
      if (failure != null) {
        seen = true;
        throw new ExecutionException(failure);
      }
      return value();
    }
  }

  @Override
  public void interrupt() {
    synchronized (time.lock) {
      if (!done.fired()) {
        interrupted = true;
        thread.interrupt();
        time.wake(this);
      }
    }
  }

  boolean livesIn(VirtualTime time) {
    return this.time == time;
  }

  void startThread() {
    thread.start();
  }

  void takeTurn() {
    turn.acquireUninterruptibly();
  }

  void giveTurn() {
    turn.release();
  }

  // From here on the lock of the time is held.

  void waits(VirtualSignal signal, long until) {
    awaited = signal;
    wakesAt = until;
    signal.remember(this);
  }

  void stopsWaiting() {
    awaited = null;
  }

  boolean waiting() {
    return awaited != null;
  }

  long wakesAt() {
    return wakesAt;
  }

  boolean failed() {
    return failure != null;
  }

  /** What the body gave, or throws what it threw. */
  T result() throws Exception {
    seen = true;
    switch (failure) {
      case null -> {
        return value();
      }
      case Exception exception -> throw exception;
      case Error error -> throw error;
      case Throwable other -> throw new AssertionError(other);
    }
  }

  /** Throws a failure that nobody has seen; one that an interrupt has caused is no surprise. */
  void throwUnseen() {
    if (!seen && !interrupted && !(failure instanceof DeadlockError)) {
      throw new AssertionError("task '" + name + "' failed and nobody awaited it", failure);
    }
  }

  /** Who it is, what it waits for and where. */
  String describe() {
    String wait = awaited == null ? " runs" : " waits for " + awaited.what();
    String where =
        Arrays.stream(thread.getStackTrace())
            .filter(VirtualTask::telling)
            .limit(FRAMES)
            .map(frame -> "\n    at " + frame)
            .collect(Collectors.joining());
    return "task '" + name + "'" + wait + where;
  }

  private static boolean telling(StackTraceElement frame) {
    String type = frame.getClassName();
    return !type.startsWith("java.") && !type.startsWith("jdk.") && !SCHEDULER.contains(type);
  }

  @SuppressWarnings("NullAway") // It has ended without a failure: T's own nullness holds.
  private T value() {
    return result;
  }

  @SuppressWarnings("CatchingUnchecked") // Whatever it is, it belongs to who awaits the task.
  private void live(Callable<T> body) {
    time.begin(this);
    try {
      result = body.call();
    } catch (Throwable thrown) {
      failure = thrown;
    }
    done.fire();
    time.end(this);
  }
}
