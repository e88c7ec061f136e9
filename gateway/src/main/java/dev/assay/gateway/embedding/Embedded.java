package dev.assay.gateway.embedding;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.EmbeddingReport;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Part;
import dev.assay.core.time.Clock;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import dev.assay.core.vector.KeyedVector;
import dev.assay.core.vector.Vector;
import dev.assay.gateway.embedding.EmbeddingModel.Upstream;
import dev.assay.wire.json.InvalidField;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Puts the outcome of a call together from what it asked, found and waited for. For one thread. */
final class Embedded {
  private final Upstream upstream;
  private final EmbeddingRequest request;
  private final Clock clock;
  private final Instant startedAt;
  private final long started;
  private final List<Attempt> attempts = new ArrayList<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final List<KeyedVector> fresh = new ArrayList<>();
  private final Set<Bytes> unkept = new HashSet<>();
  private Optional<Details> last = Optional.empty();
  private Optional<Exchange> exchange = Optional.empty();
  private Optional<UUID> leader = Optional.empty();

  Embedded(Upstream upstream, EmbeddingRequest request, Clock clock) {
    this.upstream = upstream;
    this.request = request;
    this.clock = clock;
    this.startedAt = clock.now();
    this.started = clock.nanos();
  }

  /** What came of one request to the provider. */
  void add(Outcome outcome, List<String> texts) {
    Details details = outcome.details();
    for (Attempt attempt : details.attempts()) {
      attempts.add(
          attempt.placed(
              attempts.size() + 1, attempt.role(), attempt.retryReason(), attempt.delay()));
    }
    warnings.addAll(details.warnings());
    last = Optional.of(details);
    // One that answers a part only would be taken for the whole.
    boolean whole = texts.equals(request.texts());
    exchange = whole || outcome instanceof Failure ? details.exchange() : Optional.empty();
  }

  /** A vector has come. */
  void fresh(KeyedVector vector) {
    fresh.add(vector);
  }

  /** A vector has come that nobody else gets. */
  void unkept(Bytes key) {
    unkept.add(key);
  }

  /** Another call brought something, with warnings about it. */
  void followed(UUID who, List<String> said) {
    warnings.addAll(said);
    leader = leader.or(() -> Optional.of(who));
  }

  /** Another call failed to bring something. */
  Failure followed(UUID who, Failure failure) {
    followed(who, List.of());
    return failure;
  }

  /** The outcome. */
  Outcome outcome(
      List<Bytes> keys, Bytes requestHash, Map<Bytes, Vector> found, Optional<Failure> failure) {
    Set<Bytes> own = new HashSet<>(unkept);
    fresh.forEach(vector -> own.add(vector.key()));
    List<Boolean> cached =
        keys.stream().map(key -> found.containsKey(key) && !own.contains(key)).toList();
    Details details =
        details(failure).withEmbedding(new EmbeddingReport(requestHash, cached, fresh, follows()));
    if (failure.isPresent()) {
      Failure why = failure.get();
      return new Failure(
          why.code(), why.message(), field(why), why.retry(), why.provider(), List.of(), details);
    }
    List<Part> parts =
        keys.stream()
            .<Part>map(key -> new Part.Embedding(Objects.requireNonNull(found.get(key))))
            .toList();
    return new Answer(parts, FinishReason.STOP, details);
  }

  /** The leader of a call that sent nothing itself. */
  private Optional<UUID> follows() {
    return last.isPresent() ? Optional.empty() : leader;
  }

  // A place in what was sent is not one in what was asked.
  private static Optional<String> field(Failure failure) {
    return failure.field().map(field -> field.startsWith("input") ? "input" : field);
  }

  private Details details(Optional<Failure> failure) {
    Details basis = last.orElseGet(() -> nothingSent(kind(failure)));
    return new Details(
            basis.kind(),
            basis.provider(),
            basis.model(),
            basis.usage(),
            basis.cost(),
            List.of(),
            new Timings(startedAt, clock.since(started), Optional.empty()),
            exchange,
            List.copyOf(warnings),
            basis.simulated())
        .withAttempts(attempts);
  }

  private CallKind kind(Optional<Failure> failure) {
    if (leader.isPresent()) {
      return CallKind.COALESCED;
    }
    return failure.isPresent() ? CallKind.REFUSED : CallKind.CACHED;
  }

  private Details nothingSent(CallKind kind) {
    return new Details(
        kind,
        upstream.provider(),
        request.model(),
        Usage.NONE,
        Cost.free(),
        List.of(),
        new Timings(startedAt, clock.since(started), Optional.empty()),
        Optional.empty(),
        List.copyOf(warnings),
        upstream.simulated());
  }

  /** The call was no longer wanted while it waited for another. */
  Failure ended(ErrorCode code) {
    return failure(code, "The call ended while another one asked for its vectors.");
  }

  /** The call broke off by a defect, so whoever waits for it gets nothing. */
  Failure abandoned() {
    return failure(ErrorCode.INTERNAL_ERROR, "The call that asked for the vectors broke off.");
  }

  /** The provider gave another number of vectors than it was asked for. */
  Failure incomplete(int vectors, int texts) {
    return failure(
        ErrorCode.MALFORMED_RESPONSE,
        "The provider's answer has " + vectors + " vectors for " + texts + " texts.");
  }

  /** The provider gave vectors of another length than it was asked for. */
  Failure misfit(int dimension, int asked) {
    return failure(
        ErrorCode.MALFORMED_RESPONSE,
        "The provider's vectors have "
            + dimension
            + " numbers, not the "
            + asked
            + " of dimensions.");
  }

  /** The request can be read in two ways. */
  Failure refused(InvalidField ambiguous) {
    return Failure.refused(
        ErrorCode.INVALID_REQUEST,
        ambiguous.sentence(),
        ambiguous.field(),
        Details.refused(request.model(), new Timings(startedAt, Duration.ZERO, Optional.empty())));
  }

  private Failure failure(ErrorCode code, String message) {
    return new Failure(
        code,
        message,
        Optional.empty(),
        RetryDecision.never(),
        Optional.empty(),
        List.of(),
        nothingSent(CallKind.COALESCED));
  }
}
