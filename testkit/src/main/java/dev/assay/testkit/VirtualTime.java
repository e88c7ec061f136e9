package dev.assay.testkit;

import dev.assay.core.time.Clock;
import dev.assay.core.time.Signal;
import dev.assay.core.time.Task;
import dev.assay.core.time.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A seeded scheduler on virtual time: an hour passes in milliseconds, and a seed always gives the
 * same interleaving.
 *
 * <p>One task runs at a time, on a thread of its own that holds the baton. A task hands the baton
 * on only where it waits (a sleep, a {@link Signal}, another {@link Task}) and where it ends; of
 * those that could go on, the seed chooses who gets it. Time stands still while anybody can go on;
 * when nobody can, it jumps to the next moment for which somebody waits.
 *
 * <p>Code under it must wait through {@link Tasks} only and must not hold a lock while it waits.
 * The clock and {@link Signal#fire} can be used from any thread, the rest from tasks only.
 */
public final class VirtualTime implements Clock, Tasks {
  /** The time of day at which virtual time begins. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  static final long FOREVER = Long.MAX_VALUE;

  // In real time: a task that computes for so long hangs.
  private static final long STUCK_AFTER_SECONDS = 60;

  private static final ThreadLocal<@Nullable VirtualTask<?>> SELF = new ThreadLocal<>();

  final Object lock = new Object();
  private final Random random;
  private final Set<VirtualTask<?>> alive = new LinkedHashSet<>();
  private final List<VirtualTask<?>> ready = new ArrayList<>();
  private final TreeSet<VirtualTask<?>> timed = new TreeSet<>(VirtualTask.BY_WAKING);
  private final List<VirtualTask<?>> failed = new ArrayList<>();
  private final Semaphore over = new Semaphore(0);
  private long nanos;
  private long forked;
  private long turns;
  private @Nullable VirtualTask<?> holder;
  private @Nullable DeadlockError deadlock;

  private VirtualTime(long seed) {
    this.random = new Random(seed);
  }

  /** Virtual time at its start; the same seed gives the same interleaving. */
  public static VirtualTime seeded(long seed) {
    return new VirtualTime(seed);
  }

  /**
   * Plays a scenario once for each of the seeds 0, 1, 2 and so on.
   *
   * @param seeds how many
   * @throws AssertionError names the seed with which the scenario failed; its cause is the failure
   */
  public static void overSeeds(int seeds, Scenario scenario) {
    for (long seed = 0; seed < seeds; seed++) {
      VirtualTime time = seeded(seed);
      try {
        time.run(() -> scenario.play(time));
      } catch (Exception | AssertionError failure) {
        throw new AssertionError("with seed " + seed + ": " + failure, failure);
      }
    }
  }

  /** What is played on virtual time. */
  @FunctionalInterface
  public interface Scenario {
    /** Plays it as the first task of the given time. */
    void play(VirtualTime time) throws Exception;
  }

  /** A body without a result. */
  @FunctionalInterface
  public interface Body {
    /** Runs it. */
    void run() throws Exception;
  }

  /**
   * Runs a body as the first task and returns when it and all that it forked have ended. Can be
   * called again afterwards: time goes on from where it stood.
   *
   * @throws Exception what the body threw; otherwise what a forked task threw that nobody awaited
   *     and nobody interrupted
   * @throws DeadlockError when everybody waits for somebody else
   */
  public void run(Body body) throws Exception {
    call(() -> {
      body.run();
      return "";
    });
  }

  /** Like {@link #run}, with the body's result. */
  public <T> T call(Callable<T> body) throws Exception {
    VirtualTask<T> main;
    synchronized (lock) {
      if (!alive.isEmpty()) {
        throw new IllegalStateException("run: runs already");
      }
      main = start("main", body);
      handOn();
    }
    awaitEnd();
    synchronized (lock) {
      T result = main.result();
      for (VirtualTask<?> task : failed) {
        task.throwUnseen();
      }
      if (deadlock != null) {
        throw deadlock;
      }
      return result;
    }
  }

  @Override
  public Instant now() {
    return START.plus(elapsed());
  }

  @Override
  public long nanos() {
    synchronized (lock) {
      return nanos;
    }
  }

  /** How much time has passed since it began. */
  public Duration elapsed() {
    return Duration.ofNanos(nanos());
  }

  @Override
  public <T> Task<T> fork(String name, Callable<T> body) {
    current();
    synchronized (lock) {
      return start(name, body);
    }
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    String what = duration + " to pass";
    await(new VirtualSignal(this, what), duration);
  }

  @Override
  public Signal signal() {
    return new VirtualSignal(this, "a signal");
  }

  /** Waits for a signal; the one way to wait here. */
  boolean await(VirtualSignal signal, Duration atMost) throws InterruptedException {
    return await(signal, wakingAfter(atMost));
  }

  boolean await(VirtualSignal signal, long wakesAt) throws InterruptedException {
    VirtualTask<?> me = current();
    synchronized (lock) {
      if (entered(signal)) {
        return true;
      }
      me.waits(signal, wakesAt);
      if (wakesAt != FOREVER) {
        timed.add(me);
      }
      handOn();
    }
    me.takeTurn();
    synchronized (lock) {
      signal.forget(me);
      return entered(signal);
    }
  }

  /** Whether a signal was fired, for a task that wants to wait or has waited for it. */
  private boolean entered(VirtualSignal signal) throws InterruptedException {
    if (deadlock != null) {
      throw deadlock;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return signal.fired();
  }

  /** Lets a task go on that waits; does nothing to others. The lock is held. */
  void wake(VirtualTask<?> task) {
    if (task.waiting()) {
      timed.remove(task);
      task.stopsWaiting();
      ready.add(task);
    }
  }

  /** Takes a task as current on its own thread, when its turn has come first. */
  void begin(VirtualTask<?> task) {
    SELF.set(task);
    task.takeTurn();
  }

  /** The current task has ended. */
  void end(VirtualTask<?> task) {
    synchronized (lock) {
      alive.remove(task);
      if (task.failed()) {
        failed.add(task);
      }
      handOn();
    }
  }

  private <T> VirtualTask<T> start(String name, Callable<T> body) {
    VirtualTask<T> task = new VirtualTask<>(this, name, forked++, body);
    alive.add(task);
    ready.add(task);
    task.startThread();
    return task;
  }

  private VirtualTask<?> current() {
    VirtualTask<?> task = SELF.get();
    if (task == null || !task.livesIn(this)) {
      throw new IllegalStateException("this thread is no task of the virtual time: use run");
    }
    return task;
  }

  private long wakingAfter(Duration duration) {
    long now = nanos();
    // A century is beyond every test, and far from an overflow.
    return now + Math.min(duration.toNanos(), TimeUnit.DAYS.toNanos(36_500));
  }

  /** Gives the baton to a task that can go on. The lock is held. */
  private void handOn() {
    wakeDue();
    if (ready.isEmpty() && !timed.isEmpty()) {
      nanos = timed.first().wakesAt();
      wakeDue();
    }
    if (ready.isEmpty() && !alive.isEmpty()) {
      deadlock = DeadlockError.among(alive, elapsed());
      List.copyOf(alive).forEach(this::wake);
    }
    turns++;
    if (alive.isEmpty()) {
      holder = null;
      over.release();
      return;
    }
    Collections.swap(ready, random.nextInt(ready.size()), ready.size() - 1);
    holder = ready.removeLast();
    holder.giveTurn();
  }

  private void wakeDue() {
    while (!timed.isEmpty() && timed.first().wakesAt() <= nanos) {
      wake(timed.first());
    }
  }

  private void awaitEnd() throws InterruptedException {
    long seen = -1;
    while (!over.tryAcquire(STUCK_AFTER_SECONDS, TimeUnit.SECONDS)) {
      synchronized (lock) {
        if (turns == seen && holder != null) {
          throw new AssertionError("does not wait through Tasks: " + holder.describe());
        }
        seen = turns;
      }
    }
  }
}
