package dev.assay.cli;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. */
public final class Cli {
  /** The command did what it should. */
  public static final int DONE = 0;

  /** The command could not do what it should. */
  public static final int FAILED = 1;

  /** The command line is wrong. */
  public static final int BAD_USAGE = 2;

  private final Program program;
  private final Terminal terminal;

  /** The command line of a program, on a terminal. */
  public Cli(Program program, Terminal terminal) {
    this.program = program;
    this.terminal = terminal;
  }

  /**
   * Runs a command.
   *
   * @return the exit code: 0 done, 1 the work failed, 2 bad usage
   */
  public int run(String... arguments) {
    return commands(arguments).execute(arguments);
  }

  private CommandLine commands(String... arguments) {
    SharedOptions options = new SharedOptions();
    Shell shell = new Shell(program, terminal, options);
    CommandLine commands = new CommandLine(new AssayCommand()).addMixin("shared", options);
    new Commands().add(commands, shell, arguments);
    commands.getCommandSpec().version("assay " + program.version());
    return commands
        .setOut(new OutputWriter(terminal.out()))
        .setErr(new OutputWriter(terminal.err()))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(terminal.out().colours() ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((wrong, given) -> badUsage(wrong))
        .setExecutionExceptionHandler((thrown, line, parsed) -> failed(thrown));
  }

  private int badUsage(ParameterException wrong) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    terminal.err().line(Ink.RED, "assay: " + decapitalized(message(wrong)));
    terminal.err().line("Try '" + command + " --help'.");
    return BAD_USAGE;
  }

  private static String message(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      String unknown = "Unknown argument '" + unmatched.getUnmatched().getFirst() + "'";
      return unmatched.getSuggestions().isEmpty()
          ? unknown
          : unknown + "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
    }
    return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
  }

  private int failed(Exception thrown) {
    // What a SetupException says is made for people; of anything else only the type is safe.
    String message =
        thrown instanceof SetupException setup
            ? setup.getMessage()
            : "defect in Assay: " + thrown.getClass().getName() + " " + place(thrown);
    terminal.err().line(Ink.RED, "assay: " + message);
    return FAILED;
  }

  private static String place(Exception thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return trace.length == 0 ? "" : "at " + trace[0];
  }

  private static String decapitalized(String message) {
    return message.isEmpty()
        ? message
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
