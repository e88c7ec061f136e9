package dev.assay.core.store;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.request.ChatRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * A stream is about to show its first content.
 *
 * @param context which call it is
 * @param model the model as it was asked
 * @param request the request as JSON
 * @param createdAt when the call came in
 * @param modality {@code text}, {@code embedding} or {@code token_count}
 * @param userId the end user that the caller named
 * @param answering who answers; absent when that is not known
 */
public record CallStart(
    CallContext context,
    String model,
    Bytes request,
    Instant createdAt,
    String modality,
    Optional<String> userId,
    Optional<Answering> answering) {
  /** The start of a text of which nothing more is known. */
  public CallStart(CallContext context, String model, Bytes request, Instant createdAt) {
    this(
        context,
        model,
        request,
        createdAt,
        ChatRequest.MODALITY,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Who answers a call.
   *
   * @param kind how it is answered
   * @param provider the provider that is being asked
   * @param model its own name for the model that it was asked for
   * @param simulated whether a simulator answers; absent when that is not known
   */
  public record Answering(
      CallKind kind, String provider, String model, Optional<Boolean> simulated) {}

  /** The same when it is known who answers. */
  public CallStart answeredBy(Answering known) {
    return new CallStart(context, model, request, createdAt, modality, userId, Optional.of(known));
  }
}
