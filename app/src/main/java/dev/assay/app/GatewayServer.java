package dev.assay.app;

import dev.assay.app.config.Configuration;
import dev.assay.app.home.HomeLock;
import dev.assay.app.log.Logging;
import dev.assay.cli.Program.Registration;
import dev.assay.cli.Serving;
import dev.assay.cli.SetupException;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Signal;
import dev.assay.core.time.Tasks;
import dev.assay.web.AssayServer;
import dev.assay.web.WebServices;
import dev.assay.web.WebSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The gateway behind its HTTP doors: owns the home from its start to its end. */
final class GatewayServer implements Serving {
  private final Premises premises;
  private final HomeLock lock;
  private final Engine engine;
  private final AssayServer server;
  private final Registration registration;
  private final Signal stop;

  private GatewayServer(
      Premises premises,
      HomeLock lock,
      Engine engine,
      AssayServer server,
      Registration registration,
      Signal stop) {
    this.premises = premises;
    this.lock = lock;
    this.engine = engine;
    this.server = server;
    this.registration = registration;
    this.stop = stop;
  }

  /**
   * Starts it and returns when it is ready.
   *
   * @param lock the home, which is given back when the server ends or cannot start
   * @throws SetupException when it cannot start
   */
  static GatewayServer start(
      Premises premises, HomeLock lock, Clock clock, Tasks tasks, Termination termination)
      throws SetupException {
    Configuration configuration = premises.configuration();
    Secrets secrets = configuration.secrets().with(List.of(lock.owner().token()));
    Logging.start(configuration.log(), premises.home().folder(), secrets);
    Signal stop = tasks.signal();
    Registration registration = termination.onStop(stop::fire);
    try {
      Engine engine = Engine.open(configuration, secrets, clock, tasks);
      try {
        AssayServer server = listen(configuration, engine, lock, clock, tasks);
        lock.announce(server.port());
        return new GatewayServer(premises, lock, engine, server, registration, stop);
      } catch (SetupException unusable) {
        engine.close();
        throw unusable;
      }
    } catch (SetupException unusable) {
      registration.close();
      lock.close();
      throw unusable;
    }
  }

  private static AssayServer listen(
      Configuration configuration, Engine engine, HomeLock lock, Clock clock, Tasks tasks)
      throws SetupException {
    WebServices services =
        new WebServices(
            engine.model(),
            engine.catalog(),
            engine.ledger().calls(),
            engine.ledger(),
            Optional::empty,
            engine.secrets(),
            Optional.of(lock.owner().token()),
            clock,
            tasks,
            engine.ids());
    try {
      return AssayServer.start(configuration.web(), services);
    } catch (IOException unusable) {
      throw new SetupException(
          unusable.getMessage() + "; choose another port with --port", unusable);
    }
  }

  @Override
  public URI address() {
    WebSettings web = premises.configuration().web();
    return URI.create("http://" + web.host() + ":" + server.port());
  }

  @Override
  public Path home() {
    return premises.home().folder();
  }

  @Override
  public void awaitStop() throws InterruptedException {
    stop.await();
  }

  @Override
  public void close() {
    try {
      server.stop(premises.configuration().stopTimeout());
    } catch (InterruptedException interrupted) {
      // Whoever interrupts does not want to wait for the calls; the ledger is closed in any case.
      Thread.currentThread().interrupt();
    }
    engine.close();
    lock.close();
    registration.close();
    Logging.stop();
  }
}
