package dev.assay.gateway.embedding;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Model;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Request;
import dev.assay.core.store.EmbeddingCache;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Answers requests for embeddings from what came before, as far as it did. The texts that are left
 * travel together, each once, in as few requests as the provider takes. Calls that need the same
 * vector at the same time make one request: the others wait, and get the vector or the failure;
 * that the first one's caller leaves does not trouble them. Other requests pass through.
 * Thread-safe.
 *
 * <p>A vector never comes from another model, so there is no falling back.
 */
public final class EmbeddingModel implements Model {
  // OpenAI takes 300,000 tokens in a request. No token is shorter than a byte, few than two.
  static final int MOST_BYTES = 600_000;

  private final Upstream upstream;
  private final EmbeddingCache cache;
  private final Clock clock;
  private final Tasks tasks;
  private final Map<Bytes, Flight> flights = new ConcurrentHashMap<>();

  /**
   * Who is asked for what is left.
   *
   * @param provider the provider's name
   * @param model asks it, with its retries
   * @param batch how many texts it takes in one request
   * @param simulated whether it is the simulator
   * @param budget the attempts of one more request; the first takes those of its call
   */
  public record Upstream(
      String provider, Model model, int batch, boolean simulated, Supplier<AttemptBudget> budget) {}

  /**
   * A model of one provider.
   *
   * @param cache has the vectors that came before
   * @param clock tells the deadline
   * @param tasks waits for what other calls asked for
   */
  public EmbeddingModel(Upstream upstream, EmbeddingCache cache, Clock clock, Tasks tasks) {
    this.upstream = upstream;
    this.cache = cache;
    this.clock = clock;
    this.tasks = tasks;
  }

  @Override
  public Outcome answer(Request request, CallContext context, Sink sink) {
    return request instanceof EmbeddingRequest embedding
        ? new EmbeddingCall(embedding, context, upstream, cache, flights, clock, tasks).run()
        : upstream.model().answer(request, context, sink);
  }
}
