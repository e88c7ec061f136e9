package dev.assay.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code assay serve}: the gateway, until it is asked to stop. */
@Command(
    name = "serve",
    description = "Starts the gateway and serves until it is stopped.",
    footerHeading = "%nExamples:%n",
    footer = {"  assay serve", "  assay serve --port 9000 --home /srv/assay"})
final class ServeCommand implements Callable<Integer> {
  private static final int GREATEST_PORT = 65_535;

  private final Shell shell;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port on 127.0.0.1; 0 takes a free one. Default: server.port, else 8420.")
  private Optional<Integer> port = Optional.empty();

  ServeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws SetupException, InterruptedException {
    if (port.filter(number -> number < 0 || number > GREATEST_PORT).isPresent()) {
      throw new ParameterException(spec.commandLine(), "--port: must be 0 to " + GREATEST_PORT);
    }
    try (Serving serving = shell.program().serve(shell.setup(port))) {
      ready(serving);
      serving.awaitStop();
      shell.err().line("Assay is stopping.");
    }
    return Cli.DONE;
  }

  private void ready(Serving serving) {
    shell.err().line("Assay serves on " + serving.address() + " (home " + serving.home() + ").");
    if (shell.json()) {
      shell
          .out()
          .line(
              Json.text(
                  Map.of(
                      "address", serving.address().toString(), "home", serving.home().toString())));
    }
  }
}
