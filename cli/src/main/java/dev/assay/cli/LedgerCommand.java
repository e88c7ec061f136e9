package dev.assay.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code assay ledger}: the ledger as a whole. */
@Command(
    name = "ledger",
    description = "Works on the ledger as a whole.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = "  assay ledger verify")
final class LedgerCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** The command with those below it. */
  static CommandLine whole(Shell shell) {
    return new CommandLine(new LedgerCommand()).addSubcommand(new Verify(shell));
  }

  @Override
  public void run() {
    throw Commands.missing(spec);
  }

  /** {@code assay ledger verify}: derives the chain again from the rows. */
  @Command(
      name = "verify",
      description = "Derives the chain again from the rows and names the first bad record.",
      footerHeading = "%nExamples:%n",
      footer = {"  assay ledger verify", "  assay ledger verify --home /srv/assay --json"})
  static final class Verify implements Callable<Integer> {
    private final Shell shell;

    Verify(Shell shell) {
      this.shell = shell;
    }

    @Override
    public Integer call() throws SetupException {
      Verification verification = shell.program().verify(shell.setup());
      if (shell.json()) {
        shell.out().line(Json.text(document(verification)));
      } else {
        print(verification);
      }
      return verification.intact() ? Cli.DONE : Cli.FAILED;
    }

    private void print(Verification verification) {
      verification
          .fault()
          .ifPresent(fault -> shell.out().line(Ink.RED, "The ledger is not intact: " + fault));
      String checked = verification.intact() ? "Intact: " : "Checked before it: ";
      String span =
          verification.from().map(from -> " from " + Figures.moment(from)).orElse("")
              + verification.until().map(until -> " to " + Figures.moment(until)).orElse("");
      shell
          .out()
          .line(
              checked
                  + Figures.count(verification.records(), "record")
                  + " in "
                  + Figures.count(verification.batches(), "commit")
                  + span
                  + ".");
    }

    private static Map<String, Object> document(Verification verification) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("intact", verification.intact());
      members.put("records", verification.records());
      members.put("commits", verification.batches());
      members.put("from", verification.from());
      members.put("until", verification.until());
      members.put("fault", verification.fault());
      return members;
    }
  }
}
