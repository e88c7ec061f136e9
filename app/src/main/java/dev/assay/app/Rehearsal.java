package dev.assay.app;

import dev.assay.cli.Cli;
import dev.assay.cli.Output;
import dev.assay.cli.Setup;
import dev.assay.cli.SetupException;
import dev.assay.cli.Terminal;
import dev.assay.core.time.Tasks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Does once what the program does, in a home that goes afterwards. The launcher's build runs it to
 * train Java's ahead-of-time cache; nothing else does.
 */
public final class Rehearsal {
  private static final String CONFIGURATION = "sim: {latency-scale: 0}\n";

  // As owner of the home and as client of a server that owns it.
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("chat", "-m", "sim/echo", "Rehearse"),
          List.of("chat", "--json", "-m", "sim/small", "Rehearse"),
          List.of("models"),
          List.of("calls", "list"),
          List.of("calls", "list", "--json"),
          List.of("stats"),
          List.of("ledger", "verify"));

  private Rehearsal() {}

  /** Runs it. */
  public static void main(String[] arguments) throws IOException, SetupException {
    Path home = Files.createTempDirectory("assay-rehearsal");
    try {
      Files.writeString(home.resolve("assay.yaml"), CONFIGURATION);
      AssayProgram program =
          new AssayProgram(Map.of(), home, home, new Termination(Tasks.virtualThreads()));
      Setup setup = new Setup(Optional.of(home), Optional.empty(), OptionalInt.of(0));
      run(program, List.of("--help"));
      COMMANDS.forEach(command -> run(program, inHome(home, command)));
      try (var _ = program.serve(setup)) {
        COMMANDS.forEach(command -> run(program, inHome(home, command)));
      }
    } finally {
      delete(home);
    }
  }

  private static List<String> inHome(Path home, List<String> command) {
    return Stream.concat(Stream.of("--home", home.toString()), command.stream()).toList();
  }

  private static void run(AssayProgram program, List<String> command) {
    Output nowhere = new Output(OutputStream.nullOutputStream(), true, true);
    InputStream nothing = new ByteArrayInputStream(new byte[0]);
    int code =
        new Cli(program, new Terminal(nothing, false, nowhere, nowhere))
            .run(command.toArray(String[]::new));
    if (code != Cli.DONE) {
      throw new IllegalStateException("the rehearsal failed at " + command);
    }
  }

  private static void delete(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
