package dev.assay.gateway.embedding;

import dev.assay.core.outcome.Failure;
import dev.assay.core.time.Signal;
import dev.assay.core.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A vector that is under way: one call asks for it, others may wait for it. Thread-safe. */
final class Flight {
  private final UUID leader;
  private final Runnable deserted;
  private final List<Signal> waiting = new ArrayList<>();
  private @Nullable Vector vector;
  private @Nullable Failure failure;
  private List<String> warnings = List.of();

  /**
   * A vector that nobody waits for yet.
   *
   * @param leader the call that asks for it
   * @param deserted is told when the last that waited has left; must not block
   */
  Flight(UUID leader, Runnable deserted) {
    this.leader = leader;
    this.deserted = deserted;
  }

  UUID leader() {
    return leader;
  }

  /** It has come, with warnings about it. */
  void land(Vector come, List<String> said) {
    end(come, null, said);
  }

  /** It will not come. */
  void fail(Failure why) {
    end(null, why, List.of());
  }

  private void end(@Nullable Vector come, @Nullable Failure why, List<String> said) {
    List<Signal> told;
    synchronized (this) {
      vector = come;
      failure = why;
      warnings = said;
      told = List.copyOf(waiting);
    }
    told.forEach(Signal::fire);
  }

  /** Somebody waits; the signal is fired when it has ended, at once when it has already. */
  void join(Signal signal) {
    boolean over;
    synchronized (this) {
      waiting.add(signal);
      over = over();
    }
    if (over) {
      signal.fire();
    }
  }

  /** Somebody waits no longer. */
  void leave(Signal signal) {
    boolean last;
    synchronized (this) {
      waiting.remove(signal);
      last = waiting.isEmpty() && !over();
    }
    if (last) {
      deserted.run();
    }
  }

  /** Whether anybody waits. */
  synchronized boolean awaited() {
    return !waiting.isEmpty();
  }

  synchronized boolean over() {
    return vector != null || failure != null;
  }

  synchronized Optional<Vector> vector() {
    return Optional.ofNullable(vector);
  }

  /** What is to be said with the vector. */
  synchronized List<String> warnings() {
    return warnings;
  }

  synchronized Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }
}
