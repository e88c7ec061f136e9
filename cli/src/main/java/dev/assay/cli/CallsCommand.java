package dev.assay.cli;

import dev.assay.core.store.CallPage;
import dev.assay.core.store.CallQuery;
import dev.assay.core.store.CallRow;
import dev.assay.core.store.StoredCall;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay calls}: what was recorded. */
@Command(
    name = "calls",
    description = "Shows recorded calls.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  assay calls list --limit 20", "  assay calls show CALL"})
final class CallsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** The command with those below it. */
  static CommandLine whole(Shell shell) {
    return new CommandLine(new CallsCommand())
        .addSubcommand(new ListCalls(shell))
        .addSubcommand(new ShowCall(shell));
  }

  @Override
  public void run() {
    throw Commands.missing(spec);
  }

  /** {@code assay calls list}: a page of calls. */
  @Command(
      name = "list",
      description = "Lists calls, newest first.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  assay calls list",
        "  assay calls list --status failed --since 24h",
        "  assay calls list --model openai/gpt-4o-mini --limit 500 --json"
      })
  static final class ListCalls implements Callable<Integer> {
    private final Shell shell;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private FilterOptions filter = new FilterOptions();

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "" + CallQuery.DEFAULT_LIMIT,
        description = "How many at most, 1 to " + CallQuery.GREATEST_LIMIT + ". Default: 100.")
    private int limit;

    @Option(
        names = "--before",
        paramLabel = "CALL",
        description = "Only calls older than this one: the next page.")
    private Optional<UUID> before = Optional.empty();

    ListCalls(Shell shell) {
      this.shell = shell;
    }

    @Override
    public Integer call() throws SetupException {
      if (limit < 1 || limit > CallQuery.GREATEST_LIMIT) {
        throw new ParameterException(
            spec.commandLine(), "--limit: must be 1 to " + CallQuery.GREATEST_LIMIT);
      }
      CallQuery query =
          new CallQuery(
              filter.filter(spec.commandLine(), shell.program().clock().now()), limit, before);
      try (LedgerReader ledger = shell.program().ledger(shell.setup())) {
        CallPage page = ledger.calls().list(query);
        if (shell.json()) {
          shell.out().line(ledger.json(page));
        } else {
          print(page);
        }
      }
      return Cli.DONE;
    }

    private void print(CallPage page) {
      Table table =
          new Table(
              Table.left("CALL"),
              Table.left("CREATED (UTC)"),
              Table.left("MODEL"),
              Table.left("STATUS"),
              Table.right("INPUT"),
              Table.right("OUTPUT"),
              Table.right("COST"),
              Table.right("LATENCY"),
              Table.right("TRIES"));
      page.calls().forEach(call -> add(call, table));
      table.print(shell.out());
      if (page.calls().isEmpty()) {
        shell.err().line(Ink.DIM, "No calls.");
      }
      page.next().ifPresent(next -> shell.err().line(Ink.DIM, "More: --before " + next));
    }

    private static void add(CallRow call, Table table) {
      table.row(
          call.id().toString(),
          Figures.moment(call.createdAt()),
          CallText.model(call),
          CallText.status(call),
          Figures.tokens(call.usage().total() - call.usage().output(), call.usage().provenance()),
          Figures.tokens(call.usage().output(), call.usage().provenance()),
          Figures.cost(call.cost()),
          call.latency().map(Figures::span).orElse(""),
          call.attempts().map(String::valueOf).orElse(""));
    }
  }

  /** {@code assay calls show}: one call, whole. */
  @Command(
      name = "show",
      description = "Shows one call with its attempts, request and answer.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  assay calls show 01970000-0000-7000-8000-000000000000",
        "  assay calls show CALL --json | jq .response_json"
      })
  static final class ShowCall implements Callable<Integer> {
    private final Shell shell;

    @Parameters(paramLabel = "CALL", description = "The call's identifier.")
    private UUID id = new UUID(0, 0);

    ShowCall(Shell shell) {
      this.shell = shell;
    }

    @Override
    public Integer call() throws SetupException {
      try (LedgerReader ledger = shell.program().ledger(shell.setup())) {
        Optional<StoredCall> found = ledger.calls().find(id);
        if (found.isEmpty()) {
          shell.err().line(Ink.RED, "assay: there is no call " + id + " in this ledger");
          return Cli.FAILED;
        }
        if (shell.json()) {
          shell.out().line(ledger.json(found.get()));
        } else {
          CallText.print(found.get(), shell.out());
        }
        return Cli.DONE;
      }
    }
  }
}
