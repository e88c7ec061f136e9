package dev.assay.core.model;

import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Request;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Which call this is, for whom, how long it may take and whether it is still wanted. A parameter,
 * never a thread-local.
 *
 * @param callId its identifier, a UUID of version 7
 * @param attachment where it belongs
 * @param principal who makes it
 * @param deadline when it must be over
 * @param cancellation whether it is still wanted
 * @param attempts how many attempts it may still make
 * @param metadata the caller's free key–values, which are stored
 */
public record CallContext(
    UUID callId,
    Attachment attachment,
    Principal principal,
    Instant deadline,
    Cancellation cancellation,
    AttemptBudget attempts,
    Map<String, String> metadata) {
  /**
   * Where a call belongs.
   *
   * @param parentId the call that made it
   * @param runId the run that it is a part of
   * @param step a stable path inside the run, such as {@code round2/gpt#3}; resuming looks up run
   *     and step, never a hash of the text
   * @param group the group that it joins when it is recorded
   */
  public record Attachment(
      Optional<UUID> parentId,
      Optional<String> runId,
      Optional<String> step,
      Optional<String> group) {
    /** A call on its own. */
    public static final Attachment NONE =
        new Attachment(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Copies the metadata. */
  public CallContext {
    metadata = Map.copyOf(metadata);
  }

  /**
   * The context of a call made for this one: its own identifier and attempts, the same deadline,
   * and a cancellation that follows this one's.
   *
   * @param id the identifier of the new call
   * @param step its place in the run
   * @param budget gives its attempts
   */
  public CallContext child(UUID id, String step, Supplier<AttemptBudget> budget) {
    return new CallContext(
        id,
        new Attachment(
            Optional.of(callId), attachment.runId(), Optional.of(step), Optional.empty()),
        principal,
        deadline,
        cancellation.child(),
        budget.get(),
        metadata);
  }

  /**
   * Why the work on a request must end; empty while it goes on. When its client left, a stream
   * ends, but a call in one piece goes on: it may be paid for already.
   */
  public Optional<CancellationReason> unwanted(Request request) {
    return cancellation
        .reason()
        .filter(reason -> reason != CancellationReason.CLIENT_GONE || streamed(request));
  }

  private static boolean streamed(Request request) {
    return request instanceof ChatRequest chat && chat.streaming().events();
  }

  /** The same call with an earlier deadline; a later one changes nothing. */
  public CallContext before(Instant earlier) {
    return earlier.isBefore(deadline)
        ? new CallContext(callId, attachment, principal, earlier, cancellation, attempts, metadata)
        : this;
  }
}
