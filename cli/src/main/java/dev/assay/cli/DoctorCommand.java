package dev.assay.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code assay doctor}: what is configured, reachable and writable. */
@Command(
    name = "doctor",
    description = "Says what is configured, reachable and writable. Changes nothing.",
    footerHeading = "%nExamples:%n",
    footer = {"  assay doctor", "  assay doctor --json"})
final class DoctorCommand implements Callable<Integer> {
  private final Shell shell;

  DoctorCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<Finding> findings = shell.program().examine(shell.setup());
    if (shell.json()) {
      shell.out().line(Json.text(findings.stream().map(DoctorCommand::document).toList()));
    } else {
      findings.forEach(this::print);
    }
    return findings.stream().anyMatch(found -> found.state() == Finding.State.FAILED)
        ? Cli.FAILED
        : Cli.DONE;
  }

  private void print(Finding finding) {
    Ink ink =
        switch (finding.state()) {
          case OK -> Ink.GREEN;
          case WARNING -> Ink.YELLOW;
          case FAILED -> Ink.RED;
        };
    shell.out().print(ink, String.format("%-8s", finding.state().text()));
    shell.out().line(finding.subject() + ": " + finding.text());
  }

  private static Map<String, Object> document(Finding finding) {
    return Map.of(
        "subject", finding.subject(), "state", finding.state().text(), "text", finding.text());
  }
}
