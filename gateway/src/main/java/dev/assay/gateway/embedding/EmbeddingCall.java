package dev.assay.gateway.embedding;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Part;
import dev.assay.core.store.EmbeddingCache;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.core.vector.KeyedVector;
import dev.assay.core.vector.Vector;
import dev.assay.gateway.embedding.EmbeddingModel.Upstream;
import dev.assay.wire.json.InvalidField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One call for embeddings. For one thread. */
final class EmbeddingCall {
  private final EmbeddingRequest request;
  private final Upstream upstream;
  private final EmbeddingCache cache;
  private final Map<Bytes, Flight> flights;
  private final Tasks tasks;
  private final CallContext context;
  private final Clock clock;
  private final Embedded embedded;
  private final Map<Bytes, Vector> found = new HashMap<>();

  EmbeddingCall(
      EmbeddingRequest request,
      CallContext context,
      Upstream upstream,
      EmbeddingCache cache,
      Map<Bytes, Flight> flights,
      Clock clock,
      Tasks tasks) {
    this.request = request;
    this.context = context;
    this.upstream = upstream;
    this.cache = cache;
    this.flights = flights;
    this.clock = clock;
    this.tasks = tasks;
    this.embedded = new Embedded(upstream, request, clock);
  }

  Outcome run() {
    List<Bytes> keys;
    Bytes requestHash;
    try {
      EmbeddingKeys all = new EmbeddingKeys(upstream.provider(), request, cache);
      keys = all.texts();
      requestHash = all.request();
    } catch (InvalidField ambiguous) {
      return embedded.refused(ambiguous);
    }
    Map<Bytes, String> missing = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      missing.put(keys.get(i), request.texts().get(i));
    }
    Optional<Failure> failure = Optional.empty();
    while (!missing.isEmpty() && failure.isEmpty()) {
      failure = gather(missing);
      missing.keySet().removeAll(found.keySet());
    }
    return embedded.outcome(keys, requestHash, found, failure);
  }

  /**
   * Gets what it can of the missing vectors: those that are there, those that it asks for, and
   * those that others ask for.
   *
   * @return why it does not go on
   */
  private Optional<Failure> gather(Map<Bytes, String> missing) {
    Lead lead = new Lead(context, request);
    Map<Bytes, Flight> others = new LinkedHashMap<>();
    try {
      for (Bytes key : missing.keySet()) {
        Flight mine = new Flight(context.callId(), lead::reconsider);
        Flight before = flights.putIfAbsent(key, mine);
        if (before == null) {
          lead.add(key, mine);
        } else {
          others.put(key, before);
        }
      }
      // Only now: a flight that landed in between has left its vector there.
      takeCached(lead);
      Optional<Failure> failure = lead.isEmpty() ? Optional.empty() : ask(lead, missing);
      return failure.isPresent() ? failure : await(others);
    } finally {
      // After a defect too nobody may wait for ever.
      lead.fail(flights, embedded::abandoned);
    }
  }

  private void takeCached(Lead lead) {
    List<Bytes> keys = lead.keys();
    if (keys.isEmpty()) {
      return;
    }
    List<Optional<Vector>> known = cache.find(keys);
    for (int i = 0; i < keys.size(); i++) {
      Bytes key = keys.get(i);
      known
          .get(i)
          .ifPresent(vector -> {
            found.put(key, vector);
            lead.land(flights, key, vector, List.of());
          });
    }
  }

  private Optional<Failure> ask(Lead lead, Map<Bytes, String> missing) {
    try (lead) {
      CallContext own = lead.context();
      for (List<Bytes> chunk : Chunks.of(lead.keys(), missing, upstream.batch())) {
        List<String> texts = chunk.stream().map(missing::get).map(String::valueOf).toList();
        Outcome outcome = upstream.model().answer(request.withTexts(texts), own, Sink.discarding());
        embedded.add(outcome, texts);
        own = lead.context(upstream.budget().get());
        Optional<Failure> failure = taken(outcome, chunk, lead);
        if (failure.isPresent()) {
          return failure;
        }
      }
      return Optional.empty();
    }
  }

  private Optional<Failure> taken(Outcome outcome, List<Bytes> chunk, Lead lead) {
    Failure failure =
        switch (outcome) {
          case Answer answer when vectors(answer).size() != chunk.size() ->
              embedded.incomplete(vectors(answer).size(), chunk.size());
          case Answer answer when misfit(vectors(answer)).isPresent() ->
              embedded.misfit(misfit(vectors(answer)).get(), request.dimensions().orElseThrow());
          case Answer answer -> {
            take(answer, chunk, lead);
            yield null;
          }
          case Failure failed -> failed;
        };
    if (failure != null) {
      lead.fail(flights, () -> failure);
    }
    return Optional.ofNullable(failure);
  }

  private void take(Answer answer, List<Bytes> chunk, Lead lead) {
    List<Vector> vectors = vectors(answer);
    // What the answer warns of would not be said with a vector that was kept.
    List<String> warnings =
        answer.details().warnings().stream().filter(said -> said.startsWith("input")).toList();
    for (int i = 0; i < chunk.size(); i++) {
      Bytes key = chunk.get(i);
      Vector vector = vectors.get(i);
      if (warnings.isEmpty()) {
        vector = cache.keep(key, vector);
        embedded.fresh(new KeyedVector(key, vector));
      } else {
        embedded.unkept(key);
      }
      found.put(key, vector);
      lead.land(flights, key, vector, warnings);
    }
  }

  /** The dimension of a vector that has another than was asked for. */
  private Optional<Integer> misfit(List<Vector> vectors) {
    return request
        .dimensions()
        .flatMap(asked ->
            vectors.stream().map(Vector::dimension).filter(got -> !got.equals(asked)).findFirst());
  }

  private static List<Vector> vectors(Answer answer) {
    List<Vector> vectors = new ArrayList<>(answer.parts().size());
    for (Part part : answer.parts()) {
      if (part instanceof Part.Embedding(Vector vector)) {
        vectors.add(vector);
      }
    }
    return vectors;
  }

  private Optional<Failure> await(Map<Bytes, Flight> others) {
    for (Map.Entry<Bytes, Flight> other : others.entrySet()) {
      Flight flight = other.getValue();
      Optional<ErrorCode> ended = new Wait(flight, request, context, clock, tasks).run();
      if (ended.isPresent()) {
        return Optional.of(embedded.ended(ended.get()));
      }
      flight
          .vector()
          .ifPresent(vector -> {
            found.put(other.getKey(), vector);
            embedded.followed(flight.leader(), flight.warnings());
          });
      Optional<Failure> failure = flight.failure();
      // What only ended because its caller did not want it is asked for anew.
      if (failure.isPresent() && !leaders(failure.get().code())) {
        return Optional.of(embedded.followed(flight.leader(), failure.get()));
      }
    }
    return Optional.empty();
  }

  private static boolean leaders(ErrorCode code) {
    return code == ErrorCode.CANCELLED || code == ErrorCode.DEADLINE_EXCEEDED;
  }
}
