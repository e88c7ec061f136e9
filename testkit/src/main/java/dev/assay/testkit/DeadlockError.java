package dev.assay.testkit;

import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;

/** Everybody waits for somebody else. The message says who waits for what, and where. */
public final class DeadlockError extends AssertionError {
  private static final long serialVersionUID = 1;

  private DeadlockError(String message) {
    super(message);
  }

  static DeadlockError among(Collection<VirtualTask<?>> tasks, Duration elapsed) {
    return new DeadlockError(
        tasks.stream()
            .map(task -> "\n  " + task.describe())
            .collect(Collectors.joining("", "after " + elapsed + " nobody can go on:", "")));
  }
}
