package dev.assay.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The commands by their names. Only the one that the arguments name is put together, because that
 * takes longer than many a command itself.
 */
final class Commands {
  private static final List<String> OPTIONS_WITH_VALUE = List.of("--home", "--config");

  private final Map<String, Function<Shell, CommandLine>> commands = new LinkedHashMap<>();

  Commands() {
    commands.put("serve", shell -> new CommandLine(new ServeCommand(shell)));
    commands.put("chat", shell -> new CommandLine(new ChatCommand(shell)));
    commands.put("embed", shell -> new CommandLine(new EmbedCommand(shell)));
    commands.put("models", shell -> new CommandLine(new ModelsCommand(shell)));
    commands.put("calls", CallsCommand::whole);
    commands.put("stats", shell -> new CommandLine(new StatsCommand(shell)));
    commands.put("ledger", LedgerCommand::whole);
    commands.put("doctor", shell -> new CommandLine(new DoctorCommand(shell)));
  }

  /** Adds the command that the arguments name; all of them when they name none. */
  void add(CommandLine root, Shell shell, String... arguments) {
    Optional<String> named = firstWord(arguments).filter(commands::containsKey);
    commands.forEach((name, make) -> {
      if (named.isEmpty() || named.get().equals(name)) {
        root.addSubcommand(name, make.apply(shell));
      }
    });
  }

  /** Says which commands there are. */
  static ParameterException missing(CommandSpec spec) {
    return new ParameterException(spec.commandLine(), "Missing command: " + names(spec));
  }

  /** The names of the commands below one. */
  static String names(CommandSpec spec) {
    return "one of " + String.join(", ", spec.subcommands().keySet());
  }

  /** The first argument that is neither an option nor the value of a shared one. */
  static Optional<String> firstWord(String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (OPTIONS_WITH_VALUE.contains(arguments[i])) {
        i++;
      } else if (!arguments[i].startsWith("-")) {
        return Optional.of(arguments[i]);
      }
    }
    return Optional.empty();
  }
}
