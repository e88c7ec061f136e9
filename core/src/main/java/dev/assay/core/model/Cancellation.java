package dev.assay.core.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells everybody who works for a call that it is no longer wanted. The first reason stays.
 * Thread-safe.
 */
public final class Cancellation {
  private final Object lock = new Object();
  private final Map<Object, Consumer<CancellationReason>> listeners = new LinkedHashMap<>();
  private @Nullable CancellationReason reason;

  /** A call that is wanted. */
  public Cancellation() {}

  /** Says that the call is no longer wanted, and why. Only the first time counts. */
  public void cancel(CancellationReason why) {
    List<Consumer<CancellationReason>> told;
    synchronized (lock) {
      if (reason != null) {
        return;
      }
      reason = why;
      told = new ArrayList<>(listeners.values());
      listeners.clear();
    }
    told.forEach(listener -> listener.accept(why));
  }

  /** Why the call is no longer wanted; empty while it is. */
  public Optional<CancellationReason> reason() {
    synchronized (lock) {
      return Optional.ofNullable(reason);
    }
  }

  /** Whether the call is no longer wanted. */
  public boolean cancelled() {
    return reason().isPresent();
  }

  /**
   * Asks to be told, once, on the thread that cancels; at once when that has already happened.
   *
   * @param listener must not block
   * @return ends the request when it is closed
   */
  public Registration onCancel(Consumer<CancellationReason> listener) {
    CancellationReason already;
    Object key = new Object();
    synchronized (lock) {
      already = reason;
      if (already == null) {
        listeners.put(key, listener);
      }
    }
    if (already != null) {
      listener.accept(already);
    }
    return () -> {
      synchronized (lock) {
        listeners.remove(key);
      }
    };
  }

  /** A cancellation of its own that is cancelled with this one, but not the other way round. */
  public Cancellation child() {
    Cancellation child = new Cancellation();
    // The child's life is the parent's at most, so the registration may stay until then.
    onCancel(child::cancel);
    return child;
  }

  /** A request to be told. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
