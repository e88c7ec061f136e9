package dev.assay.core.store;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.outcome.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A call and what came of it, to be recorded once.
 *
 * @param context which call it is
 * @param modality {@code text}, {@code embedding} or {@code token_count}
 * @param userId the end user that the caller named
 * @param leaderId the call that answered for it, when it was coalesced
 * @param request the request as JSON; of a refused one what is kept of it
 * @param started whether a {@link CallStart} was recorded for it
 * @param outcome what came of it
 * @param delivered what the client got, as far as is known now
 * @param createdAt when it came in
 * @param responseId the identifier under which its response can be asked for again; absent when it
 *     cannot be
 */
public record CallRecord(
    CallContext context,
    String modality,
    Optional<String> userId,
    Optional<UUID> leaderId,
    Bytes request,
    boolean started,
    Outcome outcome,
    Delivered delivered,
    Instant createdAt,
    Optional<String> responseId) {
  /** A call whose response cannot be asked for again. */
  public CallRecord(
      CallContext context,
      String modality,
      Optional<String> userId,
      Optional<UUID> leaderId,
      Bytes request,
      boolean started,
      Outcome outcome,
      Delivered delivered,
      Instant createdAt) {
    this(
        context,
        modality,
        userId,
        leaderId,
        request,
        started,
        outcome,
        delivered,
        createdAt,
        Optional.empty());
  }
}
