package dev.assay.app;

import dev.assay.app.config.Configuration;
import dev.assay.app.config.Environment;
import dev.assay.app.home.Home;
import dev.assay.app.home.HomeLock;
import dev.assay.app.home.Owner;
import dev.assay.cli.Finding;
import dev.assay.cli.Finding.State;
import dev.assay.cli.Setup;
import dev.assay.cli.SetupException;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallQuery;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at what is configured, reachable and writable. Changes nothing. */
final class Examination {
  private final Setup setup;
  private final Environment process;
  private final Path working;
  private final Path user;
  private final Clock clock;
  private final Tasks tasks;
  private final List<Finding> findings = new ArrayList<>();

  Examination(Setup setup, Environment process, Path working, Path user, Clock clock, Tasks tasks) {
    this.setup = setup;
    this.process = process;
    this.working = working;
    this.user = user;
    this.clock = clock;
    this.tasks = tasks;
  }

  /** What was found. */
  List<Finding> findings() {
    java();
    Optional<Premises> premises = premises();
    premises.ifPresent(known -> {
      Optional<Owner> owner = owner(known.home());
      home(known.home());
      ledger(known);
      if (owner.isEmpty()) {
        port(known.configuration());
      }
      providers(known.configuration());
    });
    return List.copyOf(findings);
  }

  private void found(String subject, State state, String text) {
    findings.add(new Finding(subject, state, text));
  }

  private void java() {
    found("java", State.OK, Runtime.version() + " in " + System.getProperty("java.home"));
    StartCache.finding().ifPresent(findings::add);
  }

  private Optional<Premises> premises() {
    try {
      Premises premises = Premises.of(setup, process, working, user);
      found(
          "configuration",
          State.OK,
          premises
              .configuration()
              .file()
              .map(Path::toString)
              .orElse("none; the defaults and the environment hold"));
      return Optional.of(premises);
    } catch (SetupException wrong) {
      found("configuration", State.FAILED, wrong.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Owner> owner(Home home) {
    Optional<Owner> owner = HomeLock.owner(home);
    found(
        "owner",
        State.OK,
        owner
            .map(one ->
                "process "
                    + one.pid()
                    + (one.port().isPresent()
                        ? " serves on port " + one.port().getAsInt()
                        : " works in the home"))
            .orElse("nobody serves"));
    return owner;
  }

  private void home(Home home) {
    Path folder = home.folder();
    if (!home.exists() && Files.exists(folder)) {
      found("home", State.FAILED, folder + " is no folder: choose another with --home");
    } else if (!home.exists()) {
      found("home", State.OK, folder + " is not there yet; the first call makes it");
    } else if (!Files.isWritable(folder)) {
      found("home", State.FAILED, folder + " cannot be written: check who owns it");
    } else {
      found("home", State.OK, folder.toString());
    }
  }

  private void ledger(Premises premises) {
    if (!Files.exists(premises.home().database())) {
      found("ledger", State.OK, "nothing is recorded yet");
      return;
    }
    try (StoredLedger ledger = StoredLedger.open(premises.configuration().ledger(), clock)) {
      CallQuery newest = new CallQuery(CallFilter.ALL, 1, Optional.empty());
      String last =
          ledger.calls().list(newest).calls().stream()
              .findFirst()
              .map(call -> "the newest call is of " + call.createdAt())
              .orElse("no call yet");
      found("ledger", State.OK, premises.home().database() + ", " + last);
    } catch (SetupException unreadable) {
      found("ledger", State.FAILED, unreadable.getMessage());
    }
  }

  private void port(Configuration configuration) {
    int port = configuration.web().port();
    try (ServerSocket socket =
        new ServerSocket(port, 1, InetAddress.getByName(configuration.web().host()))) {
      found("port", State.OK, socket.getLocalPort() + " is free");
    } catch (IOException taken) {
      found(
          "port",
          State.FAILED,
          port + " is taken by another program: choose another with --port or server.port");
    }
  }

  private void providers(Configuration configuration) {
    try {
      for (ProviderStatus status : OwnCatalog.of(configuration, clock, tasks).providers()) {
        provider(status, configured(configuration, status));
      }
    } catch (SetupException wrong) {
      found("models", State.FAILED, wrong.getMessage());
    }
  }

  /** Whether somebody meant to use a provider, so that it matters when it cannot be. */
  private static boolean configured(Configuration configuration, ProviderStatus status) {
    return configuration.providers().stream()
        .anyMatch(provider ->
            provider.name().equals(status.name())
                && provider.unusable().isEmpty()
                && !provider.assumed());
  }

  private static String models(int number) {
    return number == 1 ? "1 model" : number + " models";
  }

  private void provider(ProviderStatus status, boolean configured) {
    String subject = "provider " + status.name();
    if (status.usable()) {
      found(
          subject,
          State.OK,
          "usable (" + status.source() + "), offers " + models(status.models().size()));
    } else {
      found(
          subject,
          configured ? State.FAILED : State.OK,
          (configured ? "" : "not configured: ") + status.unusable().orElse(""));
    }
  }
}
