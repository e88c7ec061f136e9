package dev.assay.core.outcome;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One exchange with a provider made for a call.
 *
 * @param number its place among the attempts of the call, from 1
 * @param role why it was made
 * @param provider the provider's name
 * @param model the model's name at the provider, resolved when the provider said so
 * @param endpoint host and port, absent for a provider in process
 * @param httpStatus the status of the response, absent when none came
 * @param error how it failed, absent for an answer
 * @param retryReason the code of the failure that led to it, absent for the first
 * @param delay how long was waited before it
 * @param latency from the first byte sent to the last received
 * @param usage what it used
 * @param cost what it cost
 * @param priceVersion the price row that was used
 * @param providerRequestId the provider's identifier of the exchange
 * @param sent the body as it was sent
 * @param received the body as it was received, as far as it came
 * @param startedAt when it began
 */
public record Attempt(
    int number,
    AttemptRole role,
    String provider,
    String model,
    Optional<String> endpoint,
    Optional<Integer> httpStatus,
    Optional<ErrorCode> error,
    Optional<ErrorCode> retryReason,
    Duration delay,
    Duration latency,
    Usage usage,
    Cost cost,
    Optional<String> priceVersion,
    Optional<String> providerRequestId,
    Optional<Bytes> sent,
    Optional<Bytes> received,
    Instant startedAt) {
  /** Checks the number. */
  public Attempt {
    if (number < 1) {
      throw new IllegalArgumentException("number: is not positive");
    }
  }

  /** The same exchange in its place among the attempts of a call. */
  public Attempt placed(
      int number, AttemptRole role, Optional<ErrorCode> retryReason, Duration delay) {
    return new Attempt(
        number,
        role,
        provider,
        model,
        endpoint,
        httpStatus,
        error,
        retryReason,
        delay,
        latency,
        usage,
        cost,
        priceVersion,
        providerRequestId,
        sent,
        received,
        startedAt);
  }

  /** The same exchange with its price. */
  public Attempt priced(Cost cost, Optional<String> priceVersion) {
    return new Attempt(
        number,
        role,
        provider,
        model,
        endpoint,
        httpStatus,
        error,
        retryReason,
        delay,
        latency,
        usage,
        cost,
        priceVersion,
        providerRequestId,
        sent,
        received,
        startedAt);
  }

  /** The same exchange with another usage. */
  public Attempt using(Usage usage) {
    return new Attempt(
        number,
        role,
        provider,
        model,
        endpoint,
        httpStatus,
        error,
        retryReason,
        delay,
        latency,
        usage,
        cost,
        priceVersion,
        providerRequestId,
        sent,
        received,
        startedAt);
  }
}
