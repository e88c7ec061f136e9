package dev.assay.providers.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Provider;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Request;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.core.usage.Usage;
import dev.assay.wire.http.HttpClient;
import dev.assay.wire.http.HttpResult;
import dev.assay.wire.http.HttpTimeouts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A provider that speaks OpenAI's Chat Completions: OpenAI, Hyperbolic, Ollama, LM Studio, vLLM and
 * any other server that does.
 *
 * <p>A request that came in the same format leaves as the client's own bytes, with the model's
 * name, the wish for usage and Assay's own member as the only edits; the client's credentials never
 * leave. What it gives carries no known secret, whatever the provider quotes; only a stream may
 * have passed one on in several pieces. Whether the request had left when a failure happened shows
 * in its code: {@code connect_failed} and {@code connect_timeout} say that it had not, {@code
 * first_byte_timeout} and {@code idle_timeout} that it had. Thread-safe.
 */
public final class OpenAiProvider implements Provider {
  private final OpenAiSettings settings;
  private final OpenAiApi api;
  private final ModelListing listing;
  private final HttpClient http;
  private final Secrets secrets;
  private final Clock clock;
  private final Tasks tasks;
  private final HttpTimeouts wholeTimeouts;

  /**
   * A provider.
   *
   * @param settings the account
   * @param http sends the requests; stays open when the provider is no longer used
   * @param secrets what must not appear in an outcome; the account's key is added to it
   * @param clock tells how long things take
   * @param tasks where a connection is made ready for its next request behind a stream
   */
  public OpenAiProvider(
      OpenAiSettings settings, HttpClient http, Secrets secrets, Clock clock, Tasks tasks) {
    this.settings = settings;
    this.api = new OpenAiApi(settings);
    this.listing = new ModelListing(settings, api, http, clock);
    this.http = http;
    this.secrets = secrets.with(settings.key().stream().toList());
    this.clock = clock;
    this.tasks = tasks;
    HttpTimeouts timeouts = settings.timeouts();
    this.wholeTimeouts =
        new HttpTimeouts(
            timeouts.connect(),
            timeouts.firstByte(),
            timeouts.idleBeforeContent(),
            timeouts.idle(),
            Optional.empty());
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public ProviderStatus status() {
    return listing.status();
  }

  @Override
  public Set<String> knownModels() {
    return listing.known();
  }

  @Override
  public Outcome answer(Request request, CallContext context, Sink sink) {
    return switch (request) {
      case ChatRequest chat -> answer(chat, context, sink);
      case EmbeddingRequest embedding ->
          report(embedding, Optional.empty())
              .failure(
                  new ErrorVerdict(ErrorCode.UNSUPPORTED_REQUEST, RetryDecision.never()),
                  "model: embeddings are not supported by this provider.",
                  List.of(),
                  Usage.NONE,
                  Optional.empty());
    };
  }

  private Outcome answer(ChatRequest request, CallContext context, Sink sink) {
    boolean streamed = request.streaming().events();
    Bytes body = ChatBody.of(request, settings.capName());
    AttemptReport report = report(request, Optional.of(body));
    HttpResult result =
        http.send(
            api.completion(body, streamed, request.wire()),
            streamed ? settings.timeouts() : wholeTimeouts,
            context.deadline(),
            context.cancellation());
    return new ChatAttempt(report, settings.largestAnswer(), streamed, context, sink, tasks)
        .outcome(result);
  }

  private AttemptReport report(Request request, Optional<Bytes> sent) {
    return new AttemptReport(
        settings.name(), api.endpoint().authority(), request.model(), sent, secrets, clock);
  }
}
