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
 * @param form what the response is written in; absent when there is none, and for calls of versions
 *     that did not say
 * @param requestHash the keyed digest of what was asked, in hexadecimal; absent when none was made
 */
public record StoredCall(
    CallRow row,
    Optional<String> requestJson,
    Optional<String> responseJson,
    Optional<String> errorJson,
    Optional<String> metadataJson,
    List<StoredAttempt> attempts,
    Optional<StoredForm> form,
    Optional<String> requestHash) {
  /** Copies the attempts. */
  public StoredCall {
    attempts = List.copyOf(attempts);
  }

  /** A call of which neither the form of the response nor a request hash is known. */
  public StoredCall(
      CallRow row,
      Optional<String> requestJson,
      Optional<String> responseJson,
      Optional<String> errorJson,
      Optional<String> metadataJson,
      List<StoredAttempt> attempts) {
    this(
        row,
        requestJson,
        responseJson,
        errorJson,
        metadataJson,
        attempts,
        Optional.empty(),
        Optional.empty());
  }
}
