package dev.assay.app;

import dev.assay.cli.Program.Registration;
import dev.assay.core.time.Signal;
import dev.assay.core.time.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends the process: when the command has returned, or, when the process is asked to end (SIGINT,
 * SIGTERM), after the command was told and has returned. Thread-safe.
 */
final class Termination {
  // Longer than the longest graceful stop that can be configured sensibly; the system's own
  // patience with a process that it stops is shorter.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final List<Runnable> actions = new CopyOnWriteArrayList<>();
  private final AtomicBoolean hooked = new AtomicBoolean();
  private final Signal returned;
  private volatile int exitCode;

  Termination(Tasks tasks) {
    this.returned = tasks.signal();
  }

  /** Asks to be told when the process should end. */
  Registration onStop(Runnable action) {
    if (hooked.compareAndSet(false, true)) {
      Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "assay-stop"));
    }
    actions.add(action);
    return () -> actions.remove(action);
  }

  /** Ends the process; the command has returned. */
  void exit(int code) {
    exitCode = code;
    returned.fire();
    // Waits for ever when the process is ending already: then stop() ends it.
    System.exit(code);
  }

  private void stop() {
    // A command that asked to be told and still runs has something to bring to its end.
    if (actions.isEmpty()) {
      return;
    }
    actions.forEach(Runnable::run);
    try {
      boolean done = returned.await(PATIENCE);
      // What was asked to stop and did so has done its work. Otherwise the process ends as one that
      // a signal ended, so that a shell's loop around it ends too.
      if (done && exitCode == 0) {
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
