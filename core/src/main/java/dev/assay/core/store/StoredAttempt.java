package dev.assay.core.store;

import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A recorded attempt; the columns of {@code call_attempts}.
 *
 * @param number its place among the call's attempts, from 1
 * @param role {@code try}, {@code fallback} or {@code hedge}
 * @param provider the provider
 * @param model the model
 * @param endpoint host and port
 * @param httpStatus the status of the response
 * @param errorCode how it failed
 * @param retryReason the failure that led to it
 * @param delay how long was waited before it
 * @param latency from the first byte sent to the last received
 * @param usage what it used
 * @param cost what it cost
 * @param priceVersion the price row that was used
 * @param providerRequestId the provider's identifier
 * @param sentDigest keyed digest of the body sent, in hexadecimal
 * @param receivedDigest keyed digest of the body received, in hexadecimal
 * @param startedAt when it began
 */
public record StoredAttempt(
    int number,
    String role,
    String provider,
    String model,
    Optional<String> endpoint,
    Optional<Integer> httpStatus,
    Optional<String> errorCode,
    Optional<String> retryReason,
    Duration delay,
    Duration latency,
    Usage usage,
    Cost cost,
    Optional<String> priceVersion,
    Optional<String> providerRequestId,
    Optional<String> sentDigest,
    Optional<String> receivedDigest,
    Instant startedAt) {}
