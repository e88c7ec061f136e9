package dev.assay.providers.anthropic;

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
import dev.assay.wire.anthropic.MessagesRequestWriter;
import dev.assay.wire.anthropic.MessagesUpstream;
import dev.assay.wire.http.HttpClient;
import dev.assay.wire.translation.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A provider that speaks Anthropic's Messages, and counts input tokens.
 *
 * <p>A request that came in the same format leaves as the client's own bytes, with the model's name
 * and Assay's own member as the only edits, in the version and with the betas that the client
 * names; the client's credentials never leave. Thread-safe.
 */
public final class AnthropicProvider implements Provider {
  private final AnthropicSettings settings;
  private final AnthropicApi api;
  private final ModelListing listing;
  private final HttpAttempts attempts;

  /**
   * A provider.
   *
   * @param settings the account
   * @param http sends the requests; stays open when the provider is no longer used
   * @param secrets what must not appear in an outcome; the account's key is added to it
   * @param clock tells how long things take
   * @param tasks where a connection is made ready for its next request behind a stream
   */
  public AnthropicProvider(
      AnthropicSettings settings, HttpClient http, Secrets secrets, Clock clock, Tasks tasks) {
    this.settings = settings;
    Account account = settings.account();
    this.api = new AnthropicApi(account);
    ListRequest list = new ListRequest(account, http, clock);
    this.listing =
        new ModelListing(account, clock, () -> new ModelPages(account.name(), api, list).ask());
    this.attempts = new HttpAttempts(account, http, secrets, clock, tasks);
  }

  @Override
  public String name() {
    return settings.account().name();
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
      case TokenCountRequest count -> count(count, context);
      case EmbeddingRequest _ ->
          attempts.unsupported(
              request,
              "model: embeddings are not supported by this provider.",
              Optional.of("model"));
    };
  }

  private Outcome answer(ChatRequest request, CallContext context, Sink sink) {
    return switch (Translation.of(request, WireFormat.ANTHROPIC_MESSAGES)) {
      case Translation.Impossible(var field, var message) ->
          attempts.unsupported(request, message, Optional.of(field));
      case Translation.Possible(var said, var warnings) ->
          attempts.chat(
              said,
              api.message(
                  MessagesBody.of(said, settings.defaultMaxTokens()),
                  said.streaming().events(),
                  said.wire()),
              MessagesUpstream.FORMAT,
              withLosses(said, warnings),
              context,
              sink);
    };
  }

  private List<String> withLosses(ChatRequest request, List<String> warnings) {
    if (MessagesBody.same(request).isPresent()) {
      return warnings;
    }
    List<String> all = new ArrayList<>(warnings);
    all.addAll(MessagesRequestWriter.losses(request, settings.defaultMaxTokens()));
    return all;
  }

  private Outcome count(TokenCountRequest request, CallContext context) {
    return switch (Translation.of(request.chat(), WireFormat.ANTHROPIC_MESSAGES)) {
      case Translation.Impossible(var field, var message) ->
          attempts.unsupported(request, message, Optional.of(field));
      case Translation.Possible(var said, var _) ->
          attempts.whole(
              request,
              api.count(MessagesBody.count(said, settings.defaultMaxTokens()), said.wire()),
              TokenCountFormat.FORMAT,
              context);
    };
  }
}
