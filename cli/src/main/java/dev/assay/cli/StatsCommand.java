package dev.assay.cli;

import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallSummary;
import dev.assay.core.store.CallSummary.Latency;
import dev.assay.core.store.CallSummary.ModelTotals;
import dev.assay.core.store.CallSummary.Totals;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code assay stats}: totals over calls. */
@Command(
    name = "stats",
    description = "Sums up calls: tokens, cost, failures, latency.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay stats",
      "  assay stats --since 7d --provider openai",
      "  assay stats --json"
    })
final class StatsCommand implements Callable<Integer> {
  private final Shell shell;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private FilterOptions filter = new FilterOptions();

  StatsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws SetupException {
    try (LedgerReader ledger = shell.program().ledger(shell.setup())) {
      CallFilter calls = filter.filter(spec.commandLine(), shell.program().clock().now());
      CallSummary summary = ledger.calls().summary(calls);
      if (shell.json()) {
        shell.out().line(ledger.json(summary, calls));
      } else {
        print(summary);
      }
    }
    return Cli.DONE;
  }

  private void print(CallSummary summary) {
    Table table =
        new Table(
            Table.left("MODEL"),
            Table.right("CALLS"),
            Table.right("FAILED"),
            Table.right("INPUT"),
            Table.right("CACHED"),
            Table.right("OUTPUT"),
            Table.right("COST"),
            Table.right("MEAN"),
            Table.right("P50"),
            Table.right("P95"),
            Table.right("P99"));
    for (ModelTotals model : summary.models()) {
      add(CallText.model(model.provider(), model.model()), model.totals(), table);
    }
    add("all", summary.total(), table);
    table.print(shell.out());
    remarks(summary.total());
  }

  private void remarks(Totals total) {
    if (total.inputAudio() > 0 || total.outputAudio() > 0) {
      shell
          .out()
          .line(
              "Audio is "
                  + Figures.count(total.inputAudio())
                  + " of the input tokens and "
                  + Figures.count(total.outputAudio())
                  + " of the output tokens.");
    }
    if (total.simulated() > 0) {
      String were = total.simulated() == 1 ? "was" : "were";
      shell
          .out()
          .line(Figures.count(total.simulated()) + " of these calls " + were + " simulated.");
    }
    if (total.unknownCosts() > 0) {
      shell
          .out()
          .line(
              Figures.count(total.unknownCosts(), "call")
                  + (total.unknownCosts() == 1 ? " has" : " have")
                  + " an unknown cost, which is not in the sum.");
    }
    if (!total.errors().isEmpty()) {
      shell.out().line("Failures: " + listed(total.errors()) + ".");
    }
  }

  private static String listed(Map<String, Long> errors) {
    return errors.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(error -> error.getKey() + " " + Figures.count(error.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static void add(String name, Totals totals, Table table) {
    long failures = totals.errors().values().stream().mapToLong(Long::longValue).sum();
    table.row(
        totals.simulated() > 0 && totals.simulated() == totals.calls()
            ? name + " (simulated)"
            : name,
        Figures.count(totals.calls()),
        Figures.count(failures),
        Figures.count(totals.input() + totals.cacheWrite5m() + totals.cacheWrite1h()),
        Figures.count(totals.cacheRead()),
        Figures.count(totals.output()),
        Figures.money(totals.cost()),
        latency(totals, Latency::mean),
        latency(totals, Latency::p50),
        latency(totals, Latency::p95),
        latency(totals, Latency::p99));
  }

  private static String latency(Totals totals, ToDoubleFunction<Latency> figure) {
    return totals
        .latency()
        .map(latency -> Figures.milliseconds(figure.applyAsDouble(latency)))
        .orElse("");
  }
}
