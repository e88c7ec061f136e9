package dev.assay.ledger;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.id.UuidV7;
import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.CallContext.Attachment;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.Principal;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.AttemptRole;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.EmbeddingReport;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.ProviderError;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.CallStart;
import dev.assay.core.store.CallStart.Answering;
import dev.assay.core.time.Clock;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Usage;
import dev.assay.core.vector.KeyedVector;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Makes calls to be recorded: every field set, or drawn from a seed. */
public final class SampleCalls {
  public static final Bytes REQUEST =
      Bytes.utf8(
          "{\"model\":\"openai/gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"wie geht's? ☃\"}]}");
  public static final Bytes RESPONSE =
      Bytes.utf8(
          "{\"id\":\"chatcmpl-1\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"gut\"}}]}");
  public static final Usage USAGE =
      new Usage(10, 20, 30, 40, 50, 25, 4, 7, dev.assay.core.usage.Provenance.REPORTED);

  private final Clock clock;
  private final UuidV7 ids;

  public SampleCalls(Clock clock, long seed) {
    this.clock = clock;
    this.ids = new UuidV7(clock, new Random(seed));
  }

  public UUID id() {
    return ids.next();
  }

  public Instant now() {
    return clock.now().truncatedTo(ChronoUnit.MICROS);
  }

  public CallContext context(Attachment attachment) {
    return new CallContext(
        id(),
        attachment,
        Principal.LOCAL,
        now().plusSeconds(900),
        new Cancellation(),
        new AttemptBudget(6, 4),
        Map.of("team", "blue", "ticket", "7"));
  }

  /** An answer of one attempt that cost something. */
  public CallRecord answered() {
    return record(context(Attachment.NONE), answer(Optional.of(exchange(RESPONSE, false))));
  }

  /** A call whose request takes many pages. */
  public CallRecord large() {
    CallRecord call = answered();
    return new CallRecord(
        call.context(),
        call.modality(),
        call.userId(),
        call.leaderId(),
        Bytes.utf8("\"" + "large ".repeat(20_000) + "\""),
        call.started(),
        call.outcome(),
        call.delivered(),
        call.createdAt());
  }

  /** An answer with everything set that a call can have. */
  public CallRecord complete() {
    Attachment attachment =
        new Attachment(
            Optional.of(id()),
            Optional.of("run-1"),
            Optional.of("round2/gpt#3"),
            Optional.of("g1"));
    CallContext context = context(attachment);
    Answer answer = answer(Optional.of(exchange(RESPONSE, false)));
    List<Attempt> attempts =
        List.of(
            failedAttempt(1),
            answer
                .details()
                .attempts()
                .getFirst()
                .placed(
                    2,
                    AttemptRole.FALLBACK,
                    Optional.of(ErrorCode.RATE_LIMITED),
                    Duration.ofMillis(1500)));
    Details details =
        new Details(
            CallKind.PROVIDER,
            "openai",
            "gpt-4o-mini-2024-07-18",
            USAGE,
            new Cost.Estimated(new Money(27_750_000)),
            attempts,
            new Timings(
                now(),
                Duration.of(1_234_567, ChronoUnit.MICROS),
                Optional.of(Duration.ofMillis(80))),
            answer.details().exchange(),
            List.of("the temperature was ignored"),
            true);
    return new CallRecord(
        context,
        "text",
        Optional.of("user-9"),
        Optional.of(id()),
        REQUEST,
        false,
        answer.withDetails(details),
        Delivered.YES,
        now());
  }

  public CallRecord record(CallContext context, Outcome outcome) {
    return new CallRecord(
        context,
        "text",
        Optional.empty(),
        Optional.empty(),
        REQUEST,
        false,
        outcome,
        Delivered.YES,
        now());
  }

  /** A call that brought vectors. */
  public CallRecord embedded(Bytes requestHash, KeyedVector... fresh) {
    List<KeyedVector> all = List.of(fresh);
    List<Part> parts = all.stream().<Part>map(one -> new Part.Embedding(one.vector())).toList();
    Details details =
        details(Optional.empty(), attempt(1), new Cost.Known(new Money(27_750_000)))
            .withEmbedding(
                new EmbeddingReport(requestHash, Collections.nCopies(all.size(), false), all));
    CallContext context = context(Attachment.NONE);
    return new CallRecord(
        context,
        "embedding",
        Optional.empty(),
        Optional.empty(),
        REQUEST,
        false,
        new Answer(parts, FinishReason.STOP, details),
        Delivered.YES,
        now());
  }

  /** A call whose response can be asked for again. */
  public CallRecord withResponse(String responseId, Exchange exchange) {
    CallRecord call = record(context(Attachment.NONE), answer(Optional.of(exchange)));
    return new CallRecord(
        call.context(),
        call.modality(),
        call.userId(),
        call.leaderId(),
        call.request(),
        call.started(),
        call.outcome(),
        call.delivered(),
        call.createdAt(),
        Optional.of(responseId));
  }

  public CallRecord inGroup(String group) {
    Attachment attachment =
        new Attachment(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(group));
    return record(context(attachment), answer(Optional.of(exchange(RESPONSE, false))));
  }

  public CallStart start(CallContext context) {
    return new CallStart(
        context,
        "openai/gpt-4o-mini",
        REQUEST,
        now(),
        "text",
        Optional.of("user-9"),
        Optional.of(new Answering(CallKind.PROVIDER, "openai", "gpt-4o-mini", Optional.of(true))));
  }

  /** The end of a stream whose start was recorded. */
  public CallRecord ended(CallStart start) {
    return new CallRecord(
        start.context(),
        "text",
        Optional.empty(),
        Optional.empty(),
        REQUEST,
        true,
        answer(Optional.of(exchange(Bytes.utf8("[{\"delta\":\"gu\"},{\"delta\":\"t\"}]"), true))),
        Delivered.YES,
        start.createdAt());
  }

  public Answer answer(Optional<Exchange> exchange) {
    return new Answer(
        List.of(new Part.Text("gut")),
        FinishReason.STOP,
        details(exchange, attempt(1), new Cost.Known(new Money(27_750_000))));
  }

  public Failure failure(ErrorCode code, Optional<ProviderError> error) {
    return new Failure(
        code,
        "It did not work.",
        Optional.of("messages[0]"),
        RetryDecision.soon(),
        error,
        List.of(),
        details(Optional.empty(), failedAttempt(1), Cost.unknown()));
  }

  public Failure refused(ErrorCode code) {
    return Failure.refused(
        code,
        "No.",
        Optional.of("model"),
        Details.refused("nobody/knows", new Timings(now(), Duration.ZERO, Optional.empty())));
  }

  public static Exchange exchange(Bytes body, boolean streamed) {
    return new Exchange(WireFormat.OPENAI_CHAT, 200, Map.of(), body, streamed, List.of());
  }

  public Details details(Optional<Exchange> exchange, Attempt attempt, Cost cost) {
    return new Details(
        CallKind.PROVIDER,
        "openai",
        "gpt-4o-mini-2024-07-18",
        attempt.usage(),
        cost,
        List.of(attempt),
        new Timings(now(), Duration.ofMillis(120), Optional.empty()),
        exchange,
        List.of(),
        false);
  }

  public Attempt attempt(int number) {
    return new Attempt(
        number,
        AttemptRole.TRY,
        "openai",
        "gpt-4o-mini-2024-07-18",
        Optional.of("127.0.0.1:9000"),
        Optional.of(200),
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO,
        Duration.ofMillis(119),
        USAGE,
        new Cost.Known(new Money(27_750_000)),
        Optional.of("openai/gpt-4o-mini@2026-11-01"),
        Optional.of("req_" + number),
        Optional.of(REQUEST),
        Optional.of(RESPONSE),
        now());
  }

  private Attempt failedAttempt(int number) {
    return new Attempt(
        number,
        AttemptRole.TRY,
        "openai",
        "gpt-4o-mini",
        Optional.empty(),
        Optional.of(429),
        Optional.of(ErrorCode.RATE_LIMITED),
        Optional.empty(),
        Duration.ZERO,
        Duration.ofMillis(3),
        Usage.NONE,
        Cost.unknown(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        now());
  }
}
