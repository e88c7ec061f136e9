package dev.assay.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option with which a call is given metadata. */
final class Metadata {
  // Under this name the ledger keeps in the metadata what it knows of a call by itself.
  private static final String OURS = "assay";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--meta",
      paramLabel = "NAME=VALUE",
      description = "Stored with the call; may be repeated.")
  private List<String> entries = List.of();

  /** The entries by name. */
  Map<String, String> stored() {
    Map<String, String> stored = new LinkedHashMap<>();
    for (String entry : entries) {
      int end = entry.indexOf('=');
      if (end < 1) {
        throw wrong("'" + entry + "' must be NAME=VALUE");
      }
      String name = entry.substring(0, end);
      if (name.equals(OURS)) {
        throw wrong("'" + name + "' is used by the ledger; choose another name");
      }
      if (stored.put(name, entry.substring(end + 1)) != null) {
        throw wrong("'" + name + "' is given twice");
      }
    }
    return stored;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), "--meta: " + message);
  }
}
