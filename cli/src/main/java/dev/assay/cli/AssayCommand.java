package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a name; all it does is to hold the others. */
@Command(
    name = "assay",
    description = "Calls language models and records every call before it answers.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay serve",
      "  assay chat \"What is a ledger?\"",
      "  git diff | assay chat -m openai/gpt-4o-mini \"Write a commit message\"",
      "  assay calls list --status failed --since 24h",
      "",
      "Exit codes: 0 done, 1 the work failed, 2 bad usage."
    })
final class AssayCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw Commands.missing(spec);
  }
}
