package dev.assay.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. */
public final class Cli {
  /** The command did what it should. */
  public static final int DONE = 0;

  /** The command could not do what it should. */
  public static final int FAILED = 1;

  /** The command line is wrong. */
  public static final int BAD_USAGE = 2;

  private static final String HELP = "help";

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
    List<String> meant = new ArrayList<>(List.of(arguments));
    if (Commands.firstWord(arguments).equals(Optional.of(HELP))) {
      // Many programs have it as a command.
      meant.remove(HELP);
      meant.add("--help");
    }
    return commands(meant.toArray(String[]::new)).execute(meant.toArray(String[]::new));
  }

  private CommandLine commands(String... arguments) {
    SharedOptions options = new SharedOptions();
    Shell shell = new Shell(program, terminal, options);
    CommandLine commands = new CommandLine(new AssayCommand()).addMixin("shared", options);
    new Commands().add(commands, shell, arguments);
    commands.getCommandSpec().version("assay " + program.version());
    return Conversions.in(commands)
        .setOut(new OutputWriter(terminal.out()))
        .setErr(new OutputWriter(terminal.err()))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(terminal.out().colours() ? Ansi.ON : Ansi.OFF))
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
      return unknown(unmatched);
    }
    if (wrong.getCause() instanceof TypeConversionException unreadable) {
      return name(wrong.getArgSpec()) + unreadable.getMessage();
    }
    return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
  }

  private static String unknown(UnmatchedArgumentException wrong) {
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    String word = wrong.getUnmatched().getFirst();
    String suggestions = String.join(" or ", wrong.getSuggestions());
    String hint = suggestions.isEmpty() ? "" : "; did you mean " + suggestions + "?";
    if (word.startsWith("-")) {
      return "Unknown option '" + word + "'" + hint;
    }
    if (command.subcommands().isEmpty()) {
      return "Unknown argument '" + word + "'" + hint;
    }
    String known = hint.isEmpty() ? ": " + Commands.names(command) : hint;
    return "Unknown command '" + word + "'" + known;
  }

  private static String name(@Nullable ArgSpec argument) {
    return switch (argument) {
      case OptionSpec option -> option.longestName() + ": ";
      case null, default -> "";
    };
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
