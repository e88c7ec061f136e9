package dev.assay.app;

import dev.assay.app.config.Configuration;
import dev.assay.app.home.HomeLock;
import dev.assay.cli.ModelChoice;
import dev.assay.cli.Reply;
import dev.assay.cli.Session;
import dev.assay.cli.SetupException;
import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.Principal;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Request;
import dev.assay.core.store.Recorded;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.wire.embeddings.EmbeddingsRead;
import dev.assay.wire.embeddings.EmbeddingsRequestReader;
import dev.assay.wire.embeddings.EmbeddingsRequestWriter;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.openai.ChatRequestReader;
import dev.assay.wire.openai.ChatRequestWriter;
import java.util.Map;
import java.util.Optional;

/** Asks models in this process, which owns the home. */
final class OwnSession implements Session {
  private static final Principal HOST = new Principal("host");

  private final HomeLock lock;
  private final Engine engine;
  private final ModelChooser chooser;

  private OwnSession(HomeLock lock, Engine engine) {
    this.lock = lock;
    this.engine = engine;
    this.chooser = new ModelChooser(engine.configuration(), engine::catalog);
  }

  /**
   * Opens one.
   *
   * @param lock the home, which is given back when the session is closed or cannot be opened
   * @throws SetupException when the ledger cannot be opened or the settings contradict each other
   */
  static OwnSession open(HomeLock lock, Premises premises, Clock clock, Tasks tasks)
      throws SetupException {
    Configuration configuration = premises.configuration();
    try {
      return new OwnSession(
          lock, Engine.open(configuration, configuration.secrets(), clock, tasks));
    } catch (SetupException unusable) {
      lock.close();
      throw unusable;
    }
  }

  @Override
  public ModelChoice choose(Optional<String> wished) {
    return chooser.choose(wished);
  }

  @Override
  public Reply ask(
      ChatRequest request, Map<String, String> metadata, Cancellation cancellation, Sink sink) {
    return asked(throughTheDoor(request), metadata, cancellation, sink);
  }

  @Override
  public ModelChoice chooseEmbedding(Optional<String> wished) {
    return chooser.chooseEmbedding(wished);
  }

  @Override
  public Reply embed(
      EmbeddingRequest request, Map<String, String> metadata, Cancellation cancellation) {
    return asked(throughTheDoor(request), metadata, cancellation, Sink.discarding());
  }

  private Reply asked(
      Request request, Map<String, String> metadata, Cancellation cancellation, Sink sink) {
    CallContext context = engine.context(HOST, metadata, cancellation);
    Recorded recorded = engine.model().ask(request, context, sink);
    Outcome outcome = recorded.outcome();
    return switch (recorded.receipt().await()) {
      case RECORDED -> reply(context, outcome, Optional.empty());
      case SPILLED ->
          reply(
              context,
              outcome,
              Optional.of("the ledger cannot be written; the call waits in the spill file"));
      case LOST -> reply(context, withheld(outcome), Optional.empty());
    };
  }

  // As if it had come by the door, so that names mean the same here as there.
  private static ChatRequest throughTheDoor(ChatRequest request) {
    Bytes body = ChatRequestWriter.write(request);
    return switch (ChatRequestReader.read(body, Map.of(), Optional.empty())) {
      case RequestRead.Valid(ChatRequest same) -> same;
      case RequestRead.Invalid invalid ->
          throw new IllegalStateException("a request that was written here: " + invalid.message());
    };
  }

  private static EmbeddingRequest throughTheDoor(EmbeddingRequest request) {
    Bytes body = EmbeddingsRequestWriter.write(request);
    return switch (EmbeddingsRequestReader.read(body, Map.of(), Optional.empty())) {
      case EmbeddingsRead.Valid(EmbeddingRequest same, _) -> same;
      case EmbeddingsRead.Invalid invalid ->
          throw new IllegalStateException("a request that was written here: " + invalid.message());
    };
  }

  private static Reply reply(CallContext context, Outcome outcome, Optional<String> warning) {
    Details details = outcome.details();
    return new Reply(
        Optional.of(context.callId()),
        outcome,
        details.usage(),
        details.cost(),
        details.attempts().size(),
        warning);
  }

  private static Failure withheld(Outcome outcome) {
    return Failure.refused(
        ErrorCode.LEDGER_UNAVAILABLE,
        "The call could not be recorded, so its answer is withheld.",
        Optional.empty(),
        outcome.details());
  }

  @Override
  public void close() {
    engine.close();
    lock.close();
  }
}
