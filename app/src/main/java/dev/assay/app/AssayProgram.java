package dev.assay.app;

import dev.assay.app.config.Environment;
import dev.assay.app.home.HomeLock;
import dev.assay.app.home.Owner;
import dev.assay.cli.Finding;
import dev.assay.cli.LedgerReader;
import dev.assay.cli.Program;
import dev.assay.cli.Serving;
import dev.assay.cli.Session;
import dev.assay.cli.Setup;
import dev.assay.cli.SetupException;
import dev.assay.cli.Verification;
import dev.assay.core.model.ModelCatalog;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The program behind the commands. What a command does not use is not even loaded. */
final class AssayProgram implements Program {
  private final Environment process;
  private final Path working;
  private final Path user;
  private final Termination termination;
  private final Clock clock = Clock.system();
  private final Tasks tasks = Tasks.virtualThreads();

  /**
   * The program.
   *
   * @param variables what the process was started with
   * @param working the working folder
   * @param user the user's own folder
   */
  AssayProgram(Map<String, String> variables, Path working, Path user, Termination termination) {
    this.process = new Environment(variables);
    this.working = working;
    this.user = user;
    this.termination = termination;
  }

  @Override
  public String version() {
    return Optional.ofNullable(AssayProgram.class.getPackage().getImplementationVersion())
        .orElse("(unpacked)");
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Registration onStop(Runnable action) {
    return termination.onStop(action);
  }

  private Premises premises(Setup setup) throws SetupException {
    return Premises.of(setup, process, working, user);
  }

  @Override
  public Serving serve(Setup setup) throws SetupException {
    Premises premises = premises(setup);
    HomeLock lock = new HomeDoor(premises.home(), clock, tasks).own();
    return GatewayServer.start(premises, lock, clock, tasks, termination);
  }

  @Override
  public Session open(Setup setup, Consumer<String> remark) throws SetupException {
    Premises premises = premises(setup);
    HomeDoor door = new HomeDoor(premises.home(), clock, tasks);
    return switch (enter(door, premises, remark)) {
      case HomeDoor.Entry.Owned(HomeLock lock) -> OwnSession.open(lock, premises, clock, tasks);
      case HomeDoor.Entry.Served(Owner owner, int port) ->
          new ServedSession(owner, port, premises, clock, tasks);
    };
  }

  private HomeDoor.Entry enter(HomeDoor door, Premises premises, Consumer<String> remark)
      throws SetupException {
    Thread waiting = Thread.currentThread();
    try (var _ = termination.onStop(waiting::interrupt)) {
      return door.enter(premises.configuration().gateway().deadline(), remark);
    }
  }

  @Override
  public ModelCatalog models(Setup setup) throws SetupException {
    Premises premises = premises(setup);
    Optional<Owner> owner = HomeLock.owner(premises.home());
    return owner.isPresent() && owner.get().port().isPresent()
        ? new ServedSession(owner.get(), owner.get().port().getAsInt(), premises, clock, tasks)
            .catalog()
        : OwnCatalog.of(premises.configuration(), clock, tasks);
  }

  @Override
  public LedgerReader ledger(Setup setup) throws SetupException {
    return StoredLedger.open(premises(setup).configuration().ledger(), clock);
  }

  @Override
  public Verification verify(Setup setup) throws SetupException {
    try (StoredLedger ledger = StoredLedger.open(premises(setup).configuration().ledger(), clock)) {
      return ledger.verify();
    }
  }

  @Override
  public List<Finding> examine(Setup setup) {
    return new Examination(setup, process, working, user, clock, tasks).findings();
  }
}
