package dev.assay.providers.openai;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.Provider;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Request;
import dev.assay.core.request.TokenCountRequest;
import dev.assay.core.request.WireFormat;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.providers.attempt.Account;
import dev.assay.providers.attempt.HttpAttempts;
import dev.assay.providers.attempt.ListRequest;
import dev.assay.providers.attempt.ModelListing;
import dev.assay.wire.http.HttpClient;
import dev.assay.wire.openai.CapName;
import java.util.Optional;
import java.util.Set;

/**
 * A provider that speaks OpenAI's Chat Completions or Responses, and Embeddings: OpenAI,
 * Hyperbolic, Ollama, LM Studio, vLLM and any other server that does.
 *
 * <p>A request that came in the same format leaves as the client's own bytes, with the model's
 * name, the wish for usage and Assay's own member as the only edits; the client's credentials never
 * leave. Thread-safe.
 */
public final class OpenAiProvider implements Provider {
  private final Account account;
  private final ModelListing listing;
  private final HttpAttempts attempts;
  private final OpenAiChat chat;
  private final OpenAiEmbeddings embeddings;

  /** A provider that is asked as {@link ApiChoice#standard} says. */
  public OpenAiProvider(
      Account account, HttpClient http, Secrets secrets, Clock clock, Tasks tasks) {
    this(account, ApiChoice.standard(account), http, secrets, clock, tasks);
  }

  /**
   * A provider.
   *
   * @param account the account
   * @param choice by which API it is asked
   * @param http sends the requests; stays open when the provider is no longer used
   * @param secrets what must not appear in an outcome; the account's key is added to it
   * @param clock tells how long things take
   * @param tasks where a connection is made ready for its next request behind a stream
   */
  public OpenAiProvider(
      Account account,
      ApiChoice choice,
      HttpClient http,
      Secrets secrets,
      Clock clock,
      Tasks tasks) {
    this.account = account;
    OpenAiApi api =
        new OpenAiApi(
            account.endpoint(),
            account.headers("authorization", "Bearer "),
            (format, model) -> path(account, format));
    ListRequest list = new ListRequest(account, http, clock);
    this.listing =
        new ModelListing(
            account,
            clock,
            () ->
                list.send(
                    api.list(account.basePath() + "/models"),
                    body -> ModelListReader.read(account.name(), body)));
    this.attempts = new HttpAttempts(account, http, secrets, clock, tasks);
    this.chat = new OpenAiChat(api, attempts, choice, capName(account));
    this.embeddings = new OpenAiEmbeddings(api, attempts);
  }

  private static String path(Account account, WireFormat format) {
    return account.basePath()
        + switch (format) {
          case OPENAI_RESPONSES -> "/responses";
          case OPENAI_EMBEDDINGS -> "/embeddings";
          case OPENAI_CHAT, ANTHROPIC_MESSAGES, GEMINI -> "/chat/completions";
        };
  }

  /**
   * How a server calls the greatest number of output tokens: OpenAI itself by the newer name,
   * because its reasoning models refuse the older one; everybody else by the one that all know.
   */
  static CapName capName(Account account) {
    return ApiChoice.isOpenAi(account) ? CapName.MAX_COMPLETION_TOKENS : CapName.MAX_TOKENS;
  }

  @Override
  public String name() {
    return account.name();
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
  public int embeddingBatch() {
    return OpenAiEmbeddings.BATCH;
  }

  @Override
  public Outcome answer(Request request, CallContext context, Sink sink) {
    return switch (request) {
      case ChatRequest asked -> chat.answer(asked, context, sink);
      case EmbeddingRequest asked -> embeddings.answer(asked, context);
      case TokenCountRequest _ ->
          attempts.unsupported(
              request, "model: this provider does not count tokens.", Optional.of("model"));
    };
  }
}
