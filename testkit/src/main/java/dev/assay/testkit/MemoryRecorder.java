package dev.assay.testkit;

import dev.assay.core.outcome.Delivered;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.CallStart;
import dev.assay.core.store.Receipt;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.core.store.Recorder;
import dev.assay.core.time.Signal;
import dev.assay.core.time.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps records in memory, and can be told to refuse calls, to hold receipts back, or to lose what
 * it is given. Thread-safe.
 */
public final class MemoryRecorder implements Recorder {
  private final Tasks tasks;
  private final List<CallStart> starts = new ArrayList<>();
  private final List<CallRecord> calls = new ArrayList<>();
  private final List<Undelivered> undelivered = new ArrayList<>();
  private Durability durability = Durability.RECORDED;
  private Optional<Signal> held = Optional.empty();
  private boolean admits = true;

  /**
   * A recorder to which everything is safe at once.
   *
   * @param tasks where receipts wait that are held back
   */
  public MemoryRecorder(Tasks tasks) {
    this.tasks = tasks;
  }

  /** The news that an outcome did not reach its client. */
  public record Undelivered(UUID callId, Delivered delivered) {}

  /** Whether new calls may be made from now on. */
  public synchronized void admit(boolean yes) {
    admits = yes;
  }

  /** What receipts say from now on. */
  public synchronized void become(Durability next) {
    durability = next;
  }

  /** Makes everybody wait who awaits a receipt that is given from now on, until the release. */
  public synchronized void hold() {
    held = Optional.of(tasks.signal());
  }

  /** Lets go who waits because of {@link #hold}. */
  public void release() {
    Optional<Signal> released;
    synchronized (this) {
      released = held;
      held = Optional.empty();
    }
    released.ifPresent(Signal::fire);
  }

  /** The starts taken so far, in order. */
  public synchronized List<CallStart> starts() {
    return List.copyOf(starts);
  }

  /** The calls taken so far, in order. */
  public synchronized List<CallRecord> calls() {
    return List.copyOf(calls);
  }

  /** What was taken of outcomes that did not arrive, in order. */
  public synchronized List<Undelivered> undelivered() {
    return List.copyOf(undelivered);
  }

  /** The record of a call. */
  public synchronized Optional<CallRecord> find(UUID callId) {
    return calls.stream().filter(call -> call.context().callId().equals(callId)).findFirst();
  }

  @Override
  public synchronized boolean admits() {
    return admits;
  }

  @Override
  public synchronized Receipt start(CallStart start) {
    starts.add(start);
    return receipt();
  }

  @Override
  public synchronized Receipt record(CallRecord call) {
    calls.add(call);
    return receipt();
  }

  @Override
  public synchronized Receipt undelivered(UUID callId, Delivered delivered) {
    undelivered.add(new Undelivered(callId, delivered));
    return receipt();
  }

  private Receipt receipt() {
    Durability decided = durability;
    Optional<Signal> wait = held;
    return () -> {
      wait.ifPresent(MemoryRecorder::awaitUninterrupted);
      return decided;
    };
  }

  private static void awaitUninterrupted(Signal signal) {
    boolean interrupted = false;
    while (true) {
      try {
        signal.await();
        break;
      } catch (InterruptedException interrupt) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
