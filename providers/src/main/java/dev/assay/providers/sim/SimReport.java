package dev.assay.providers.sim;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.AttemptRole;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.ProviderError;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.core.time.Clock;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import dev.assay.wire.openai.ErrorWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes the outcome of one simulated attempt. For one thread. */
final class SimReport {
  private static final List<String> WARNINGS = List.of("simulated");

  private final Clock clock;
  private final String model;
  private final Instant startedAt;
  private final long started;
  private Optional<Duration> firstToken = Optional.empty();
  private Optional<String> requestId = Optional.empty();

  /** A report that begins now. */
  SimReport(Clock clock, String model) {
    this.clock = clock;
    this.model = model;
    this.startedAt = clock.now();
    this.started = clock.nanos();
  }

  /** The provider's identifier of the exchange. */
  void identify(String id) {
    requestId = Optional.of(id);
  }

  /** Content comes; tells whether it is the first. */
  boolean content() {
    boolean first = firstToken.isEmpty();
    if (first) {
      firstToken = Optional.of(clock.since(started));
    }
    return first;
  }

  Answer answer(Speech speech, Usage usage) {
    Details details = details(usage, Optional.empty(), Optional.empty());
    return new Answer(speech.parts(), speech.finish(), details);
  }

  /** Vectors. */
  Answer embedded(List<Part> vectors, int tokens) {
    Details details = details(Usage.reported(tokens, 0), Optional.empty(), Optional.empty());
    return new Answer(vectors, FinishReason.STOP, details);
  }

  /** The number of a request's tokens, which is told for free. */
  Answer counted(int tokens) {
    return new Answer(
        List.of(new Part.TokenCount(tokens)),
        FinishReason.STOP,
        details(Usage.NONE, Optional.empty(), Optional.empty()));
  }

  /** A failure that no real provider would have answered with a status. */
  Failure failure(ErrorCode code, String message, RetryDecision retry, List<Part> partial) {
    Details details = details(Usage.ABSENT, Optional.of(code), Optional.empty());
    return new Failure(code, message, Optional.empty(), retry, Optional.empty(), partial, details);
  }

  /** A request that is turned away, as a real provider would with a status. */
  Failure turnedAway(
      ErrorCode code, int status, String message, Optional<String> field, RetryDecision retry) {
    Details details = details(Usage.NONE, Optional.of(code), Optional.of(status));
    Failure bare = new Failure(code, message, field, retry, Optional.empty(), List.of(), details);
    Bytes body = ErrorWriter.write(bare);
    ProviderError words =
        new ProviderError(WireFormat.OPENAI_CHAT, status, Optional.of(message), body, true);
    return new Failure(code, message, field, retry, Optional.of(words), List.of(), details);
  }

  private Details details(Usage usage, Optional<ErrorCode> error, Optional<Integer> status) {
    Attempt attempt =
        new Attempt(
            1,
            AttemptRole.TRY,
            SimProvider.NAME,
            model,
            Optional.empty(),
            status,
            error,
            Optional.empty(),
            Duration.ZERO,
            clock.since(started),
            usage,
            Cost.free(),
            Optional.empty(),
            requestId,
            Optional.empty(),
            Optional.empty(),
            startedAt);
    return Details.of(attempt, firstToken, Optional.empty(), WARNINGS, true);
  }
}
