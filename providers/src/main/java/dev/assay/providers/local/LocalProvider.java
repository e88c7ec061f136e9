package dev.assay.providers.local;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.ModelCard;
import dev.assay.core.model.Provider;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.AttemptRole;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.Request;
import dev.assay.core.request.TokenCountRequest;
import dev.assay.core.request.Wire;
import dev.assay.core.time.Clock;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The provider {@code local}: sentence embeddings by a model in this process, without a key, a
 * network or a price.
 *
 * <p>The model takes 256 tokens of a text, as it was trained to; of a longer one it embeds the
 * beginning, and a warning says so. Its own tokenizer counts the usage. Thread-safe.
 */
public final class LocalProvider implements Provider {
  /** Its name. */
  public static final String NAME = "local";

  /** Its model. */
  public static final String MODEL = "all-minilm-l6-v2";

  private static final int BATCH = 2_048;

  private final Inference inference;
  private final Clock clock;

  /** A provider whose model is loaded when it is first asked. */
  public LocalProvider(LocalSettings settings, Clock clock) {
    this.inference = new Inference(settings);
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ProviderStatus status() {
    ModelCard card =
        new ModelCard(NAME + "/" + MODEL, NAME, Optional.empty(), false, Optional.empty());
    return new ProviderStatus(
        NAME,
        "built in",
        inference.flaw().map(LocalProvider::unusable),
        inference.flaw().isPresent() ? List.of() : List.of(card));
  }

  @Override
  public Set<String> knownModels() {
    return Set.of(MODEL);
  }

  @Override
  public boolean closed() {
    return true;
  }

  @Override
  public int embeddingBatch() {
    return BATCH;
  }

  @Override
  public Outcome answer(Request request, CallContext context, Sink sink) {
    Run run = new Run(request, context);
    return switch (request) {
      case EmbeddingRequest embedding when !embedding.model().equals(MODEL) ->
          run.refused(
              ErrorCode.PROVIDER_MODEL_NOT_FOUND,
              "model: the provider local has no such model, only " + MODEL + ".",
              "model");
      case EmbeddingRequest embedding
          when embedding.dimensions().orElse(SentenceModel.DIMENSION) != SentenceModel.DIMENSION ->
          run.refused(
              ErrorCode.UNSUPPORTED_REQUEST,
              "dimensions: this model's vectors have " + SentenceModel.DIMENSION + " numbers.",
              "dimensions");
      case EmbeddingRequest embedding -> {
        List<String> unread = embedding.wire().map(Wire::unread).orElse(List.of());
        yield unread.isEmpty() ? run.embed(embedding) : run.unknown(unread.getFirst());
      }
      case ChatRequest _, TokenCountRequest _ ->
          run.refused(
              ErrorCode.UNSUPPORTED_REQUEST,
              "model: the provider local has embeddings only.",
              "model");
    };
  }

  private static String unusable(String why) {
    return "The model in process does not run here: " + why + ".";
  }

  /** One attempt. */
  private final class Run {
    private final Request request;
    private final CallContext context;
    private final Instant startedAt = clock.now();
    private final long started = clock.nanos();

    Run(Request request, CallContext context) {
      this.request = request;
      this.context = context;
    }

    Outcome embed(EmbeddingRequest embedding) {
      try {
        Inference.Result result = inference.embed(embedding.texts(), () -> endReason().isPresent());
        Usage usage = Usage.reported(result.tokens(), 0);
        List<Part> parts = result.vectors().stream().<Part>map(Part.Embedding::new).toList();
        if (parts.size() < embedding.texts().size()) {
          ErrorCode code = endReason().orElse(ErrorCode.CANCELLED);
          return failed(code, "The call ended before all its texts were embedded.", usage);
        }
        Details details = details(usage, Optional.empty(), warnings(result.cut()));
        return new Answer(parts, FinishReason.STOP, details);
      } catch (Inference.UnusableException unusable) {
        String why = unusable(String.valueOf(unusable.getMessage()));
        return failed(ErrorCode.INTERNAL_ERROR, why, Usage.NONE);
      } catch (InterruptedException interrupt) {
        Thread.currentThread().interrupt();
        return failed(ErrorCode.CANCELLED, "The call was interrupted.", Usage.NONE);
      }
    }

    private Optional<ErrorCode> endReason() {
      return context
          .unwanted(request)
          .map(CancellationReason::code)
          .or(() ->
              clock.now().isAfter(context.deadline())
                  ? Optional.of(ErrorCode.DEADLINE_EXCEEDED)
                  : Optional.empty());
    }

    private static List<String> warnings(int cut) {
      return cut == 0
          ? List.of()
          : List.of(
              "input: of "
                  + cut
                  + (cut == 1 ? " text" : " texts")
                  + " only the first "
                  + WordPieces.MOST
                  + " tokens were embedded");
    }

    Failure unknown(String field) {
      return refused(
          ErrorCode.UNSUPPORTED_REQUEST,
          field + ": is not known to the provider local: leave it out.",
          field);
    }

    Failure refused(ErrorCode code, String message, String field) {
      return new Failure(
          code,
          message,
          Optional.of(field),
          RetryDecision.never(),
          Optional.empty(),
          List.of(),
          details(Usage.NONE, Optional.of(code), List.of()));
    }

    private Failure failed(ErrorCode code, String message, Usage usage) {
      return new Failure(
          code,
          message,
          Optional.empty(),
          RetryDecision.never(),
          Optional.empty(),
          List.of(),
          details(usage, Optional.of(code), List.of()));
    }

    private Details details(Usage usage, Optional<ErrorCode> error, List<String> warnings) {
      Attempt attempt =
          new Attempt(
              1,
              AttemptRole.TRY,
              NAME,
              request.model(),
              Optional.empty(),
              Optional.empty(),
              error,
              Optional.empty(),
              Duration.ZERO,
              clock.since(started),
              usage,
              Cost.free(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              startedAt);
      return Details.of(attempt, Optional.empty(), Optional.empty(), warnings, false);
    }
  }
}
