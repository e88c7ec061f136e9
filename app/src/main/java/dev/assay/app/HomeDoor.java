package dev.assay.app;

import dev.assay.app.home.Home;
import dev.assay.app.home.HomeLock;
import dev.assay.app.home.Owner;
import dev.assay.cli.SetupException;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The way into a home: as its owner, or as a client of the process that owns it. */
final class HomeDoor {
  private static final Duration PAUSE = Duration.ofMillis(20);

  // A process that is stopping gives the home back within moments.
  private static final Duration CHANGE_OF_OWNER = Duration.ofSeconds(2);

  private final Home home;
  private final Clock clock;
  private final Tasks tasks;

  HomeDoor(Home home, Clock clock, Tasks tasks) {
    this.home = home;
    this.clock = clock;
    this.tasks = tasks;
  }

  /** How a home was entered. */
  sealed interface Entry {
    /** As its owner. */
    record Owned(HomeLock lock) implements Entry {}

    /** As a client of its owner, which answers on a port. */
    record Served(Owner owner, int port) implements Entry {}
  }

  /**
   * Owns the home.
   *
   * @throws SetupException when it cannot be used, or another process has it
   */
  HomeLock own() throws SetupException {
    home.prepare();
    Instant end = clock.now().plus(CHANGE_OF_OWNER);
    while (true) {
      switch (HomeLock.take(home)) {
        case HomeLock.Result.Taken(HomeLock lock) -> {
          return lock;
        }
        case HomeLock.Result.Held(Optional<Owner> owner) -> pauseUntil(end, owner);
      }
    }
  }

  /**
   * Enters the home. When its owner is a command that answers nobody, waits until it is done.
   *
   * @param patience how long
   * @param remark is told once that it waits
   * @throws SetupException when the home cannot be used, or its owner does not give it back in time
   */
  Entry enter(Duration patience, Consumer<String> remark) throws SetupException {
    home.prepare();
    Instant end = clock.now().plus(patience);
    boolean told = false;
    while (true) {
      switch (HomeLock.take(home)) {
        case HomeLock.Result.Taken(HomeLock lock) -> {
          return new Entry.Owned(lock);
        }
        case HomeLock.Result.Held(Optional<Owner> owner) -> {
          if (owner.isPresent() && owner.get().port().isPresent()) {
            return new Entry.Served(owner.get(), owner.get().port().getAsInt());
          }
          if (owner.isPresent() && !told) {
            remark.accept(
                "Waiting for the process "
                    + owner.get().pid()
                    + ", which works in this home; beside assay serve nobody waits");
            told = true;
          }
          pauseUntil(end, owner);
        }
      }
    }
  }

  private void pauseUntil(Instant end, Optional<Owner> owner) throws SetupException {
    if (clock.now().isAfter(end)) {
      throw new SetupException(
          "the home "
              + home.folder()
              + " is in use by the process "
              + owner.map(one -> String.valueOf(one.pid())).orElse("that starts now")
              + owner.filter(one -> one.port().isPresent()).map(HomeDoor::serving).orElse("")
              + "; stop it, or choose another home with --home");
    }
    try {
      tasks.sleep(PAUSE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new SetupException("interrupted while waiting for the home", interrupted);
    }
  }

  private static String serving(Owner owner) {
    return ", which serves on port " + owner.port().getAsInt();
  }
}
