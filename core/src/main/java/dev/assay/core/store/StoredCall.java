package dev.assay.core.store;

import java.util.List;
import java.util.Optional;

/**
 * A recorded call, whole.
 *
 * @param row its columns
 * @param requestJson the request; absent when it was erased
 * @param responseJson the response
 * @param errorJson the failure
 * @param metadataJson the caller's metadata and what the ledger adds under {@code assay}
 * @param attempts its attempts, in order
 */
public record StoredCall(
    CallRow row,
    Optional<String> requestJson,
    Optional<String> responseJson,
    Optional<String> errorJson,
    Optional<String> metadataJson,
    List<StoredAttempt> attempts) {
  /** Copies the attempts. */
  public StoredCall {
    attempts = List.copyOf(attempts);
  }
}
