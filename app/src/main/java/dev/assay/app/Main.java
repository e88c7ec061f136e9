package dev.assay.app;

import dev.assay.cli.Cli;
import dev.assay.cli.Output;
import dev.assay.cli.Terminal;
import dev.assay.core.time.Tasks;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the program begins. */
public final class Main {
  /**
   * Which of {@code in}, {@code out} and {@code err} are terminals, separated by commas. The
   * launcher knows; Java itself can only tell whether standard input and output both are.
   */
  private static final String TERMINALS = "assay.terminals";

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Termination termination = new Termination(Tasks.virtualThreads());
    Map<String, String> variables = System.getenv();
    AssayProgram program =
        new AssayProgram(
            variables, Path.of(""), Path.of(System.getProperty("user.home")), termination);
    termination.exit(new Cli(program, terminal(variables)).run(arguments));
  }

  private static Terminal terminal(Map<String, String> variables) {
    Set<String> terminals = terminals();
    boolean colours = !variables.containsKey("NO_COLOR");
    return new Terminal(
        System.in,
        terminals.contains("in"),
        output(FileDescriptor.out, terminals.contains("out"), colours),
        output(FileDescriptor.err, terminals.contains("err"), colours));
  }

  private static Output output(FileDescriptor stream, boolean terminal, boolean colours) {
    return new Output(new FileOutputStream(stream), terminal, colours);
  }

  private static Set<String> terminals() {
    return Optional.ofNullable(System.getProperty(TERMINALS))
        .<Set<String>>map(names -> new HashSet<>(Arrays.asList(names.split(","))))
        .orElseGet(() -> interactive() ? Set.of("in", "out", "err") : Set.of());
  }

  // Which console is the default, and whether it can be absent, changed with each JDK from 22 on.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean interactive() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
