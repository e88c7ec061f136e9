package dev.assay.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes. */
final class SharedOptions {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Home folder. Default: ASSAY_HOME, else ~/.assay.")
  private Optional<Path> home = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Configuration file. Default: assay.yaml in the home, if there.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Write JSON to standard output.")
  private boolean json;

  Optional<Path> home() {
    return home;
  }

  Optional<Path> config() {
    return config;
  }

  boolean json() {
    return json;
  }
}
