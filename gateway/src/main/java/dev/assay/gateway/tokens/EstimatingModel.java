package dev.assay.gateway.tokens;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.Model;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.Request;
import dev.assay.core.request.TokenCountRequest;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counts the tokens that a provider does not tell: those of an answer without usage, and those of
 * an attempt that broke off after its request had left. Then the input is what was asked, the
 * output what had been said until then, which may be less than what is billed; what the provider
 * had told by then counts before what is counted here. Usage stays absent when there are images,
 * documents or anything else that is not text, and when what came could not be read.
 *
 * <p>It also counts the tokens of a request for providers that do not, with a warning.
 *
 * <p>An attempt whose usage is known is handed on untouched, and so is whatever is simulated.
 */
public final class EstimatingModel implements Model {
  private final Model model;

  /**
   * An estimating model.
   *
   * @param model makes one attempt for each call
   */
  public EstimatingModel(Model model) {
    this.model = model;
  }

  @Override
  public Outcome answer(Request request, CallContext context, Sink sink) {
    Outcome outcome = model.answer(request, context, sink);
    if (outcome.details().simulated()) {
      return outcome;
    }
    return switch (request) {
      case ChatRequest _, EmbeddingRequest _ -> estimated(request, outcome);
      case TokenCountRequest(var chat) -> counted(chat, outcome);
    };
  }

  private static Outcome estimated(Request request, Outcome outcome) {
    List<Attempt> attempts = outcome.details().attempts();
    if (attempts.isEmpty() || known(attempts.getLast()) || unreadable(outcome)) {
      return outcome;
    }
    Attempt attempt = attempts.getLast();
    List<Part> said =
        switch (outcome) {
          case Answer answer -> answer.parts();
          case Failure failure -> failure.partial();
        };
    return usage(request, said, attempt).map(usage -> using(usage, outcome)).orElse(outcome);
  }

  private static boolean known(Attempt attempt) {
    return attempt.usage().provenance() == Provenance.REPORTED;
  }

  /** Whether something came that says what was used, if only it could be read. */
  private static boolean unreadable(Outcome outcome) {
    return outcome instanceof Failure failure
        && failure.partial().isEmpty()
        && failure.details().exchange().filter(exchange -> !exchange.streamed()).isPresent();
  }

  private static Optional<Usage> usage(Request request, List<Part> said, Attempt attempt) {
    Tokenizer tokenizer = Tokenizer.of(attempt.model());
    Usage told = attempt.usage();
    OptionalLong output = TokenCounter.output(said, tokenizer);
    OptionalLong reasoning = TokenCounter.output(reasoning(said), tokenizer);
    if (output.isEmpty() || reasoning.isEmpty()) {
      return Optional.empty();
    }
    if (told.provenance() == Provenance.ESTIMATED) {
      return Optional.of(atLeast(told, output.getAsLong(), reasoning.getAsLong()));
    }
    OptionalLong input = input(request, tokenizer);
    return input.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Usage(
                input.getAsLong(),
                0,
                0,
                0,
                output.getAsLong(),
                reasoning.getAsLong(),
                Provenance.ESTIMATED));
  }

  private static OptionalLong input(Request request, Tokenizer tokenizer) {
    return switch (request) {
      case ChatRequest chat -> TokenCounter.input(chat, tokenizer);
      case EmbeddingRequest embedding -> TokenCounter.input(embedding, tokenizer);
      case TokenCountRequest(var chat) -> TokenCounter.input(chat, tokenizer);
    };
  }

  private static List<Part> reasoning(List<Part> said) {
    return said.stream().filter(Part.Reasoning.class::isInstance).toList();
  }

  private static Usage atLeast(Usage told, long output, long reasoning) {
    return new Usage(
        told.input(),
        told.cacheRead(),
        told.cacheWrite5m(),
        told.cacheWrite1h(),
        Math.max(told.output(), output),
        Math.max(told.reasoning(), reasoning),
        told.inputAudio(),
        told.outputAudio(),
        Provenance.ESTIMATED);
  }

  private static Outcome using(Usage usage, Outcome outcome) {
    Details details = outcome.details();
    List<Attempt> attempts = new ArrayList<>(details.attempts());
    attempts.addLast(attempts.removeLast().using(usage));
    return outcome.withDetails(details.withAttempts(attempts));
  }

  /** Counting is not billed; where the provider cannot, it is done here. */
  private static Outcome counted(ChatRequest chat, Outcome outcome) {
    if (!outcome.details().attempts().isEmpty()) {
      return known(outcome.details().attempts().getLast()) ? outcome : using(Usage.NONE, outcome);
    }
    if (!(outcome instanceof Failure failure) || !countsNothing(failure)) {
      return outcome;
    }
    Tokenizer tokenizer = Tokenizer.of(chat.model());
    OptionalLong tokens = TokenCounter.input(chat, tokenizer);
    return tokens.isEmpty()
        ? failure
        : new Answer(
            List.of(new Part.TokenCount(tokens.getAsLong())),
            FinishReason.STOP,
            counted(failure.details(), tokenizer));
  }

  // At fault is the model; any other field is one that the answer would be refused for as well.
  private static boolean countsNothing(Failure failure) {
    return failure.code() == ErrorCode.UNSUPPORTED_REQUEST
        && failure.field().filter("model"::equals).isPresent();
  }

  private static Details counted(Details refused, Tokenizer tokenizer) {
    return new Details(
        CallKind.PROVIDER,
        refused.provider(),
        refused.model(),
        Usage.NONE,
        Cost.free(),
        List.of(),
        refused.timings(),
        Optional.<Exchange>empty(),
        List.of("the token count is an estimate by tokenizer " + tokenizer.title()),
        false);
  }
}
