package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assay.core.model.Cancellation;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Role;
import dev.assay.core.request.Streaming;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay chat}: one question, one answer. */
@Command(
    name = "chat",
    description = {
      "Asks a model and shows the answer as it comes.",
      "The prompt is the argument, standard input, or both with a blank line between."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  assay chat \"What is a ledger?\"",
      "  assay chat -m sim/large --system \"Answer in one word\" \"Capital of France?\"",
      "  git diff | assay chat -m openai/gpt-4o-mini \"Write a commit message\"",
      "  assay chat --json --meta ticket=42 \"Hello\" | jq .cost_usd"
    })
final class ChatCommand implements Callable<Integer> {
  private final Shell shell;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..*", paramLabel = "PROMPT", description = "What to ask.")
  private List<String> words = List.of();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "The model, such as openai/gpt-4o-mini, or an alias.")
  private Optional<String> model = Optional.empty();

  @Option(names = "--system", paramLabel = "TEXT", description = "The system message.")
  private Optional<String> system = Optional.empty();

  @Mixin private Metadata metadata = new Metadata();

  ChatCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws SetupException {
    if (model.filter(String::isBlank).isPresent()) {
      throw wrong("--model: must not be empty");
    }
    Map<String, String> stored = metadata.stored();
    String prompt = prompt();
    Cancellation cancellation = new Cancellation();
    // Whoever presses Ctrl-C wants to go now, so nothing is read on for the usage.
    Runnable giveUp = () -> cancellation.cancel(CancellationReason.DECIDED);
    // What was begun is recorded before the process ends, so the session closes first.
    try (var _ = shell.program().onStop(giveUp);
        Session session = shell.program().open(shell.setup(), this::remark)) {
      ModelChoice choice = session.choose(model);
      choice.reason().ifPresent(why -> remark("Asking " + choice.model() + ": " + why));
      AnswerPrinter printer = new AnswerPrinter(shell.out(), giveUp);
      Reply reply = session.ask(request(choice.model(), prompt), stored, cancellation, printer);
      return new ReplyReport(shell.terminal(), shell.json()).show(reply, printer);
    }
  }

  private void remark(String text) {
    shell.err().line(Ink.DIM, text);
  }

  private ChatRequest request(String name, String prompt) {
    List<Message> messages = new ArrayList<>();
    system.ifPresent(text -> messages.add(Message.text(Role.SYSTEM, text)));
    messages.add(Message.text(Role.USER, prompt));
    return ChatRequest.of(name, messages)
        .withStreaming(shell.json() ? Streaming.NONE : Streaming.EVENTS_WITH_USAGE);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private String prompt() {
    String prompt =
        Stream.of(String.join(" ", words), standardInput())
            .filter(text -> !text.isBlank())
            .collect(Collectors.joining("\n\n"));
    if (prompt.isEmpty()) {
      throw wrong("Nothing to ask: give a prompt as an argument or on standard input");
    }
    return prompt;
  }

  private String standardInput() {
    if (shell.terminal().inputTerminal()) {
      return "";
    }
    try {
      return new String(shell.terminal().in().readAllBytes(), UTF_8).strip();
    } catch (IOException unreadable) {
      throw new ParameterException(spec.commandLine(), "Standard input cannot be read", unreadable);
    }
  }
}
