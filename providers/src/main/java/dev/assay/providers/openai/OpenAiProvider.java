package dev.assay.providers.openai;

import dev.assay.core.bytes.Bytes;
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
import dev.assay.wire.openai.ChatUpstream;
import dev.assay.wire.translation.Translation;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A provider that speaks OpenAI's Chat Completions: OpenAI, Hyperbolic, Ollama, LM Studio, vLLM and
 * any other server that does.
 *
 * <p>A request that came in the same format leaves as the client's own bytes, with the model's
 * name, the wish for usage and Assay's own member as the only edits; the client's credentials never
 * leave. Thread-safe.
 */
public final class OpenAiProvider implements Provider {
  private final Account account;
  private final OpenAiApi api;
  private final ModelListing listing;
  private final HttpAttempts attempts;

  /**
   * A provider.
   *
   * @param account the account
   * @param http sends the requests; stays open when the provider is no longer used
   * @param secrets what must not appear in an outcome; the account's key is added to it
   * @param clock tells how long things take
   * @param tasks where a connection is made ready for its next request behind a stream
   */
  public OpenAiProvider(
      Account account, HttpClient http, Secrets secrets, Clock clock, Tasks tasks) {
    this.account = account;
    this.api = new OpenAiApi(account);
    ListRequest list = new ListRequest(account, http, clock);
    this.listing =
        new ModelListing(
            account,
            clock,
            () -> list.send(api.models(), body -> ModelListReader.read(account.name(), body)));
    this.attempts = new HttpAttempts(account, http, secrets, clock, tasks);
  }

  /**
   * How a server calls the greatest number of output tokens: OpenAI itself, which is the provider
   * {@code openai} and whatever lies at OpenAI's own hosts, by the newer name, because its
   * reasoning models refuse the older one; everybody else by the one that all know.
   */
  static CapName capName(Account account) {
    String host = account.baseUrl().getHost().toLowerCase(Locale.ROOT);
    return account.name().equals("openai") || host.endsWith(".openai.com")
        ? CapName.MAX_COMPLETION_TOKENS
        : CapName.MAX_TOKENS;
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
  public Outcome answer(Request request, CallContext context, Sink sink) {
    return switch (request) {
      case ChatRequest chat -> answer(chat, context, sink);
      case EmbeddingRequest _ ->
          attempts.unsupported(
              request,
              "model: embeddings are not supported by this provider.",
              Optional.of("model"));
      case TokenCountRequest _ ->
          attempts.unsupported(
              request, "model: this provider does not count tokens.", Optional.of("model"));
    };
  }

  private Outcome answer(ChatRequest request, CallContext context, Sink sink) {
    return switch (Translation.of(request, WireFormat.OPENAI_CHAT)) {
      case Translation.Impossible(var field, var message) ->
          attempts.unsupported(request, message, Optional.of(field));
      case Translation.Possible(var said, var warnings) -> {
        Bytes body = ChatBody.of(said, capName(account));
        yield attempts.chat(
            said,
            api.completion(body, said.streaming().events(), said.wire()),
            ChatUpstream.FORMAT,
            warnings,
            context,
            sink);
      }
    };
  }
}
