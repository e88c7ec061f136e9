package dev.assay.providers.gemini;

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
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.providers.attempt.Account;
import dev.assay.providers.attempt.HttpAttempts;
import dev.assay.providers.attempt.ListRequest;
import dev.assay.providers.attempt.ModelListing;
import dev.assay.providers.attempt.ModelListing.Listed;
import dev.assay.wire.gemini.GeminiEmbeddings;
import dev.assay.wire.gemini.GeminiRequestWriter;
import dev.assay.wire.gemini.GeminiTokenCount;
import dev.assay.wire.gemini.GeminiUpstream;
import dev.assay.wire.http.HttpClient;
import dev.assay.wire.translation.Translation;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Google Gemini by its own API: answers, streams, embeddings and token counts. Every request is
 * written anew, since no door speaks the format. Thread-safe.
 */
public final class GeminiProvider implements Provider {
  /** Where the API is. */
  public static final URI BASE = URI.create("https://generativelanguage.googleapis.com/v1beta");

  private static final int MOST_TEXTS = 100;
  private static final int MOST_PAGES = 10;

  private final Account account;
  private final GeminiApi api;
  private final ModelListing listing;
  private final HttpAttempts attempts;

  /**
   * A provider.
   *
   * @param account the account; its key travels in a header of its own
   * @param http sends the requests; stays open when the provider is no longer used
   * @param secrets what must not appear in an outcome; the account's key is added to it
   * @param clock tells how long things take
   * @param tasks where a connection is made ready for its next request behind a stream
   */
  public GeminiProvider(
      Account account, HttpClient http, Secrets secrets, Clock clock, Tasks tasks) {
    this.account = account;
    this.api = new GeminiApi(account);
    ListRequest list = new ListRequest(account, http, clock);
    this.listing = new ModelListing(account, clock, () -> pages(list));
    this.attempts = new HttpAttempts(account, http, secrets, clock, tasks);
  }

  private Listed pages(ListRequest list) {
    List<ModelCard> models = new ArrayList<>();
    AtomicReference<Optional<String>> next = new AtomicReference<>(Optional.empty());
    for (int page = 0; page < MOST_PAGES; page++) {
      Listed listed =
          list.send(
              api.models(next.get()),
              body -> {
                Optional<ModelPage> read = ModelPage.read(account.name(), body);
                next.set(read.flatMap(ModelPage::next));
                return read.map(ModelPage::models);
              });
      if (!(listed instanceof Listed.Models(var more))) {
        return listed;
      }
      models.addAll(more);
      if (next.get().isEmpty()) {
        break;
      }
    }
    return new Listed.Models(models);
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
    return MOST_TEXTS;
  }

  @Override
  public Outcome answer(Request request, CallContext context, Sink sink) {
    return switch (request) {
      case ChatRequest chat -> answer(chat, context, sink);
      case EmbeddingRequest embedding -> embed(embedding, context);
      case TokenCountRequest count -> count(count, context);
    };
  }

  private Outcome answer(ChatRequest request, CallContext context, Sink sink) {
    return switch (Translation.of(request, WireFormat.GEMINI)) {
      case Translation.Impossible(var field, var message) ->
          attempts.unsupported(request, message, Optional.of(field));
      case Translation.Possible(var said, var warnings) ->
          attempts.chat(
              said,
              api.generate(
                  said.model(), GeminiRequestWriter.write(said), said.streaming().events()),
              GeminiUpstream.FORMAT,
              withLosses(said, warnings),
              context,
              sink);
    };
  }

  private static List<String> withLosses(ChatRequest request, List<String> warnings) {
    List<String> all = new ArrayList<>(warnings);
    all.addAll(GeminiRequestWriter.losses(request));
    return all;
  }

  private Outcome count(TokenCountRequest request, CallContext context) {
    return switch (Translation.of(request.chat(), WireFormat.GEMINI)) {
      case Translation.Impossible(var field, var message) ->
          attempts.unsupported(request, message, Optional.of(field));
      case Translation.Possible(var said, var _) ->
          attempts.whole(
              request,
              api.count(said.model(), GeminiRequestWriter.count(said)),
              GeminiTokenCount.FORMAT,
              context);
    };
  }

  private Outcome embed(EmbeddingRequest request, CallContext context) {
    int texts = request.texts().size();
    if (texts > MOST_TEXTS) {
      return attempts.unsupported(
          request,
          "input: Gemini takes at most " + MOST_TEXTS + " texts at once: send fewer.",
          Optional.of("input"));
    }
    List<String> unread = request.wire().map(Wire::unread).orElse(List.of());
    if (!unread.isEmpty()) {
      return attempts.unsupported(
          request,
          unread.getFirst() + ": cannot be said to Gemini: leave it out.",
          Optional.of(unread.getFirst()));
    }
    return attempts.whole(
        request,
        api.embed(request.model(), GeminiRequestWriter.embed(request)),
        new GeminiEmbeddings(texts),
        context);
  }
}
