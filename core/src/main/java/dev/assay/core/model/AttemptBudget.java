package dev.assay.core.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many attempts a call may still make, in all and on one model. Retries, fallbacks and hedges
 * take from the same budget, so that layers never multiply. Thread-safe.
 */
public final class AttemptBudget {
  private final int perModel;
  private final Map<String, Integer> taken = new HashMap<>();
  private int left;
  private Optional<String> latest = Optional.empty();

  /**
   * A full budget.
   *
   * @param total how many attempts in all
   * @param perModel how many on one model
   */
  public AttemptBudget(int total, int perModel) {
    if (total < 1 || perModel < 1) {
      throw new IllegalArgumentException("attempts: must be positive");
    }
    this.left = total;
    this.perModel = perModel;
  }

  /** Takes an attempt on a model; false when there is none left for it. */
  public synchronized boolean take(String model) {
    int used = taken.getOrDefault(model, 0);
    if (left == 0 || used == perModel) {
      return false;
    }
    left--;
    taken.put(model, used + 1);
    latest = Optional.of(model);
    return true;
  }

  /** How many attempts were taken in all; inside an attempt its number. */
  public synchronized int taken() {
    return taken.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The model on which an attempt was taken last; empty before the first. */
  public synchronized Optional<String> latest() {
    return latest;
  }

  /** How many attempts are left in all. */
  public synchronized int left() {
    return left;
  }
}
