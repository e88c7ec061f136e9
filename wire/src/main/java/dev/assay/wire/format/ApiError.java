package dev.assay.wire.format;

import java.time.Duration;
import java.util.Optional;

/**
 * An error in a provider's words.
 *
 * @param message its message
 * @param type its type, such as {@code invalid_request_error}
 * @param param the field that it blames
 * @param code its code, such as {@code context_length_exceeded}; a number counts as its digits
 * @param standard whether it has the shape of its API's own errors, so that a client of that API
 *     understands it as it is
 * @param pause how long the body asks to wait before another attempt
 */
public record ApiError(
    Optional<String> message,
    Optional<String> type,
    Optional<String> param,
    Optional<String> code,
    boolean standard,
    Optional<Duration> pause) {}
