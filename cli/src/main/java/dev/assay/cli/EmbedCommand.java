package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assay.core.model.Cancellation;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.request.EmbeddingRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay embed}: texts to vectors. */
@Command(
    name = "embed",
    description = {
      "Turns texts into vectors. A vector that the ledger has already is taken from there.",
      "The texts are the arguments, the lines of a file, or the lines of standard input."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay embed \"The weather is lovely today.\" \"It's so sunny outside!\"",
      "  assay embed -m openai/text-embedding-3-small --file sentences.txt",
      "  assay embed --json \"Hello\" | jq .embeddings[0].vector"
    })
final class EmbedCommand implements Callable<Integer> {
  // As many as a door takes.
  private static final int MOST_TEXTS = 2_048;

  private final Shell shell;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private Metadata metadata = new Metadata();

  @Parameters(arity = "0..*", paramLabel = "TEXT", description = "What to embed, one text each.")
  private List<String> words = List.of();

  @Option(names = "--file", paramLabel = "FILE", description = "A file with a text on each line.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "The model, such as openai/text-embedding-3-small, or an alias.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--dimensions",
      paramLabel = "N",
      description = "The wished length of the vectors. Default: the model's own.")
  private Optional<Integer> dimensions = Optional.empty();

  EmbedCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws SetupException {
    if (model.filter(String::isBlank).isPresent()) {
      throw wrong("--model: must not be empty");
    }
    if (dimensions.filter(length -> length < 1).isPresent()) {
      throw wrong("--dimensions: must be at least 1");
    }
    Map<String, String> stored = metadata.stored();
    List<String> texts = texts();
    Cancellation cancellation = new Cancellation();
    Runnable giveUp = () -> cancellation.cancel(CancellationReason.DECIDED);
    // What was begun is recorded before the process ends, so the session closes first.
    try (var _ = shell.program().onStop(giveUp);
        Session session = shell.program().open(shell.setup(), this::remark)) {
      ModelChoice choice = session.chooseEmbedding(model);
      choice.reason().ifPresent(why -> remark("Asking " + choice.model() + ": " + why));
      EmbeddingRequest request =
          new EmbeddingRequest(choice.model(), texts, dimensions, Optional.empty());
      Reply reply = session.embed(request, stored, cancellation);
      return new EmbedReport(shell.terminal(), shell.json()).show(reply, request.texts());
    }
  }

  private void remark(String text) {
    shell.err().line(Ink.DIM, text);
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    if (!words.isEmpty() && file.isPresent()) {
      throw wrong("Give texts as arguments or by --file, not both");
    }
    if (!words.isEmpty()) {
      for (int i = 0; i < words.size(); i++) {
        if (EmbeddingRequest.normalised(words.get(i)).isEmpty()) {
          throw wrong("text " + (i + 1) + " has nothing but white space");
        }
      }
      texts.addAll(words);
    } else {
      lines()
          .lines()
          .filter(line -> !EmbeddingRequest.normalised(line).isEmpty())
          .forEach(texts::add);
    }
    if (texts.isEmpty()) {
      throw wrong("Nothing to embed: give texts as arguments, by --file or on standard input");
    }
    if (texts.size() > MOST_TEXTS) {
      throw wrong("At most " + MOST_TEXTS + " texts at once, not " + texts.size());
    }
    return texts;
  }

  private String lines() {
    try {
      if (file.isPresent()) {
        return Files.readString(file.get(), UTF_8);
      }
      return shell.terminal().inputTerminal()
          ? ""
          : new String(shell.terminal().in().readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      String what = file.map(path -> "The file " + path).orElse("Standard input");
      throw new ParameterException(
          spec.commandLine(), what + " cannot be read as UTF-8", unreadable);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
