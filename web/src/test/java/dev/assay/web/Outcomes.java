package dev.assay.web;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.AttemptRole;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.ProviderError;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.outcome.StreamEvent;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Usage;
import dev.assay.core.vector.Vector;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Outcomes for tests, each of one attempt that cost 0.00002775 dollars. */
public final class Outcomes {
  public static final Usage USAGE = Usage.reported(10, 5);
  public static final Cost COST = new Cost.Known(Money.ofDollars(new BigDecimal("0.00002775")));

  private Outcomes() {}

  /** An answer of a model in process. */
  public static Answer answer(String text) {
    return new Answer(
        List.of(new Part.Text(text)), FinishReason.STOP, details(Optional.empty(), COST));
  }

  /** Vectors of a model in process. */
  public static Answer embedding(Vector... vectors) {
    List<Part> parts = Stream.of(vectors).<Part>map(Part.Embedding::new).toList();
    return new Answer(parts, FinishReason.STOP, details(Optional.empty(), COST));
  }

  /** An answer that came over OpenAI's wire in one piece. */
  public static Answer wire(String body, Map<String, String> headers) {
    return new Answer(
        List.of(new Part.Text("wire")),
        FinishReason.STOP,
        details(
            Optional.of(
                new Exchange(
                    WireFormat.OPENAI_CHAT, 200, headers, Bytes.utf8(body), false, List.of())),
            COST));
  }

  /** The end of a stream that came over OpenAI's wire. */
  public static Answer streamed(StreamEvent... held) {
    return streamed(Map.of(), held);
  }

  /** The end of a stream that came over OpenAI's wire with these headers. */
  public static Answer streamed(Map<String, String> headers, StreamEvent... held) {
    return new Answer(
        List.of(new Part.Text("wire")),
        FinishReason.STOP,
        details(
            Optional.of(
                new Exchange(
                    WireFormat.OPENAI_CHAT, 200, headers, Bytes.utf8("[]"), true, List.of(held))),
            COST));
  }

  /** An event that a door holds back. */
  public static StreamEvent held(StreamEvent.Kind kind, String data) {
    return new StreamEvent(kind, Bytes.utf8("data: " + data + "\n\n"));
  }

  /** A failure without words of the provider. */
  public static Failure failure(ErrorCode code, RetryDecision retry) {
    return failure(code, retry, Optional.empty());
  }

  /** A failure in the words of an OpenAI-compatible provider. */
  public static Failure provider(ErrorCode code, int status, String body) {
    return failure(
        code,
        RetryDecision.never(),
        Optional.of(
            new ProviderError(
                WireFormat.OPENAI_CHAT, status, Optional.of("no"), Bytes.utf8(body), true)));
  }

  private static Failure failure(
      ErrorCode code, RetryDecision retry, Optional<ProviderError> provider) {
    return new Failure(
        code,
        "It failed.",
        Optional.empty(),
        retry,
        provider,
        List.of(),
        details(Optional.empty(), Cost.unknown()));
  }

  /** What a model answers that was cancelled; otherwise the outcome. */
  public static Failure cancelled(CallContext context) {
    return failure(context.cancellation().reason().orElseThrow().code(), RetryDecision.never());
  }

  private static Details details(Optional<Exchange> exchange, Cost cost) {
    Attempt attempt =
        new Attempt(
            1,
            AttemptRole.TRY,
            "fake",
            "fake-1",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ZERO,
            Duration.ofMillis(3),
            USAGE,
            cost,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Instant.EPOCH);
    return Details.of(attempt, Optional.empty(), exchange, List.of(), false);
  }
}
