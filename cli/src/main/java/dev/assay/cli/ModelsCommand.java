package dev.assay.cli;

import dev.assay.core.model.ModelCard;
import dev.assay.core.model.ModelCatalog;
import dev.assay.core.model.ProviderStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code assay models}: what can be asked, and why the rest can not. */
@Command(
    name = "models",
    description = "Lists the models that can be asked, and why other providers can not.",
    footerHeading = "%nExamples:%n",
    footer = {"  assay models", "  assay models --json"})
final class ModelsCommand implements Callable<Integer> {
  private final Shell shell;

  ModelsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws SetupException {
    ModelCatalog catalog = shell.program().models(shell.setup());
    List<ProviderStatus> providers = catalog.providers();
    List<ModelCard> aliases = catalog.aliases();
    if (shell.json()) {
      shell.out().line(Json.text(document(providers, aliases)));
    } else {
      print(providers, aliases);
    }
    return Cli.DONE;
  }

  private void print(List<ProviderStatus> providers, List<ModelCard> aliases) {
    Table models = new Table(Table.left("MODEL"), Table.left("FROM"), Table.left("NOTE"));
    for (ModelCard alias : aliases) {
      models.row(alias.id(), "aliases", alias.target().map(name -> "is " + name).orElse(""));
    }
    for (ProviderStatus provider : providers) {
      for (ModelCard model : provider.models()) {
        models.row(model.id(), provider.source(), model.simulated() ? "simulated" : "");
      }
    }
    models.print(shell.out());
    List<ProviderStatus> unusable = providers.stream().filter(one -> !one.usable()).toList();
    List<ProviderStatus> silent =
        providers.stream().filter(one -> one.usable() && one.models().isEmpty()).toList();
    if (!unusable.isEmpty()) {
      shell.out().line("");
      shell.out().line(Ink.BOLD, "Not usable");
      unusable.forEach(
          one -> shell.out().line("  " + one.name() + ": " + one.unusable().orElse("")));
    }
    if (!silent.isEmpty()) {
      shell.out().line("");
      shell.out().line(Ink.BOLD, "Usable, but they do not list their models");
      silent.forEach(one -> shell.out().line("  " + one.name() + " (" + one.source() + ")"));
    }
  }

  private static Map<String, Object> document(
      List<ProviderStatus> providers, List<ModelCard> aliases) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("providers", providers.stream().map(ModelsCommand::provider).toList());
    document.put("aliases", aliases.stream().map(ModelsCommand::model).toList());
    return document;
  }

  private static Map<String, Object> provider(ProviderStatus provider) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", provider.name());
    members.put("source", provider.source());
    members.put("usable", provider.usable());
    members.put("reason", provider.unusable());
    members.put("models", provider.models().stream().map(ModelsCommand::model).toList());
    return members;
  }

  private static Map<String, Object> model(ModelCard model) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", model.id());
    members.put("owner", model.owner());
    members.put("simulated", model.simulated());
    members.put("target", model.target());
    return members;
  }
}
