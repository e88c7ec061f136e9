package dev.assay.core.store;

import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.CallStatus;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A recorded call without its bodies; the columns of {@code raw_calls}.
 *
 * @param id its identifier
 * @param parentId the call that made it
 * @param runId the run that it is a part of
 * @param step its place in the run
 * @param kind how it was answered
 * @param principal who made it
 * @param userId the end user that the caller named
 * @param leaderId the call that answered for it
 * @param provider the provider that was asked last; empty when none was
 * @param model the resolved model
 * @param modality {@code text}, {@code embedding} or {@code token_count}
 * @param status what became of it
 * @param delivered what the client got
 * @param errorCode the stable code of its failure
 * @param latency from request to outcome; empty when the program stopped in the middle of the call
 * @param firstToken from request to first content, for streams
 * @param usage what it used
 * @param cost what it cost
 * @param priceVersion the price rows that were used
 * @param simulated whether a simulator answered
 * @param attempts how many attempts were made; empty when the program stopped in the middle of the
 *     call
 * @param writer who recorded it
 * @param seq its place among the writer's records
 * @param createdAt when it came in
 */
public record CallRow(
    UUID id,
    Optional<UUID> parentId,
    Optional<String> runId,
    Optional<String> step,
    CallKind kind,
    String principal,
    Optional<String> userId,
    Optional<UUID> leaderId,
    String provider,
    String model,
    String modality,
    CallStatus status,
    Delivered delivered,
    Optional<String> errorCode,
    Optional<Duration> latency,
    Optional<Duration> firstToken,
    Usage usage,
    Cost cost,
    Optional<String> priceVersion,
    boolean simulated,
    Optional<Integer> attempts,
    String writer,
    long seq,
    Instant createdAt) {}
