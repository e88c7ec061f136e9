package dev.assay.providers.azure;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.ModelCard;
import dev.assay.core.model.Provider;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Request;
import dev.assay.core.request.TokenCountRequest;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.providers.attempt.Account;
import dev.assay.providers.attempt.HttpAttempts;
import dev.assay.providers.attempt.ListRequest;
import dev.assay.providers.attempt.ModelListing;
import dev.assay.providers.attempt.ModelListing.Listed;
import dev.assay.providers.openai.ModelListReader;
import dev.assay.providers.openai.OpenAiApi;
import dev.assay.providers.openai.OpenAiChat;
import dev.assay.providers.openai.OpenAiEmbeddings;
import dev.assay.wire.http.HttpClient;
import dev.assay.wire.openai.CapName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Azure OpenAI: OpenAI's APIs under a resource's own address, where deployments stand in the place
 * of models. Everything else is as with {@link dev.assay.providers.openai.OpenAiProvider}.
 * Thread-safe.
 */
public final class AzureProvider implements Provider {
  private static final Duration LONGEST_PROBE = Duration.ofSeconds(3);

  private final Account account;
  private final Clock clock;
  private final Deployments deployments;
  private final ModelListing listing;
  private final HttpAttempts attempts;
  private final OpenAiChat chat;
  private final OpenAiEmbeddings embeddings;
  private volatile Set<String> listed = Set.of();

  /**
   * A provider.
   *
   * @param settings the resource
   * @param http sends the requests; stays open when the provider is no longer used
   * @param secrets what must not appear in an outcome; the account's key is added to it
   * @param clock tells how long things take
   * @param tasks where a connection is made ready for its next request behind a stream
   */
  public AzureProvider(
      AzureSettings settings, HttpClient http, Secrets secrets, Clock clock, Tasks tasks) {
    this.account = settings.account();
    this.clock = clock;
    AzurePaths paths = new AzurePaths(settings);
    OpenAiApi api = new OpenAiApi(account.endpoint(), account.headers("api-key", ""), paths);
    this.deployments = new Deployments(settings, api, http, clock);
    ListRequest list = new ListRequest(account, http, clock);
    this.listing =
        new ModelListing(
            account,
            clock,
            () ->
                noted(
                    list.send(
                        api.list(paths.deployments()),
                        body -> ModelListReader.read(account.name(), body))));
    this.attempts = new HttpAttempts(account, http, secrets, clock, tasks);
    this.chat = new OpenAiChat(api, attempts, settings.choice(), CapName.MAX_COMPLETION_TOKENS);
    this.embeddings = new OpenAiEmbeddings(api, attempts);
  }

  private Listed noted(Listed answer) {
    if (answer instanceof Listed.Models(var models)) {
      listed = models.stream().map(this::deployment).collect(Collectors.toUnmodifiableSet());
    }
    return answer;
  }

  private String deployment(ModelCard card) {
    return card.id().substring(account.name().length() + 1);
  }

  @Override
  public String name() {
    return account.name();
  }

  /**
   * The deployments that the resource lists, and the configured ones that it does not list but has.
   * A resource need not have a list: where one of the configured deployments is there, it can be
   * used.
   */
  @Override
  public ProviderStatus status() {
    ProviderStatus status = listing.status();
    Instant deadline = clock.now().plus(LONGEST_PROBE);
    boolean found = false;
    for (String configured : account.models()) {
      found |=
          !listed.contains(configured)
              && deployments.probe(configured, deadline) == DeploymentVerdict.FOUND;
    }
    List<ModelCard> valid =
        status.models().stream().filter(card -> valid(deployment(card))).toList();
    return new ProviderStatus(
        status.name(), status.source(), found ? Optional.empty() : status.unusable(), valid);
  }

  /**
   * Whether the resource has a deployment. That it has or has not is remembered; any other trouble
   * is not.
   */
  public DeploymentVerdict probe(String deployment) {
    return deployments.probe(deployment, clock.now().plus(LONGEST_PROBE));
  }

  private boolean valid(String deployment) {
    return listed.contains(deployment) || !deployments.missing(deployment);
  }

  @Override
  public Set<String> knownModels() {
    return listing.known().stream().filter(this::valid).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public int embeddingBatch() {
    return OpenAiEmbeddings.BATCH;
  }

  @Override
  public Outcome answer(Request request, CallContext context, Sink sink) {
    return switch (request) {
      case ChatRequest asked when isName(asked.model()) -> chat.answer(asked, context, sink);
      case EmbeddingRequest asked when isName(asked.model()) -> embeddings.answer(asked, context);
      case ChatRequest _, EmbeddingRequest _ ->
          attempts.unsupported(
              request, "model: must be the name of a deployment.", Optional.of("model"));
      case TokenCountRequest _ ->
          attempts.unsupported(
              request, "model: this provider does not count tokens.", Optional.of("model"));
    };
  }

  // It stands in a path, where these lead elsewhere.
  private static boolean isName(String model) {
    return !model.equals(".") && !model.equals("..");
  }
}
