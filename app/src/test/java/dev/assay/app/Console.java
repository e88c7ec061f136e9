package dev.assay.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assay.cli.Cli;
import dev.assay.cli.Output;
import dev.assay.cli.Terminal;
import dev.assay.core.time.Tasks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Runs commands of the program in this process and keeps what they write. */
final class Console {
  private final Path home;
  private final Map<String, String> environment;

  /** Commands on a home. */
  Console(Path home, Map<String, String> environment) {
    this.home = home;
    this.environment = environment;
  }

  AssayProcess.Ended run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            false,
            new Output(out, false, false),
            new Output(err, false, false));
    AssayProgram program =
        new AssayProgram(environment, home, home, new Termination(Tasks.virtualThreads()));
    int code =
        new Cli(program, terminal)
            .run(
                Stream.concat(Stream.of("--home", home.toString()), Stream.of(arguments))
                    .toArray(String[]::new));
    return new AssayProcess.Ended(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}
