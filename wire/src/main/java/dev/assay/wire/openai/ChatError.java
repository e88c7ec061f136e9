package dev.assay.wire.openai;

import java.util.Optional;

/**
 * An error in a provider's words.
 *
 * @param message its message
 * @param type its type, such as {@code invalid_request_error}
 * @param param the field that it blames
 * @param code its code, such as {@code context_length_exceeded}; a number counts as its digits
 * @param standard whether it has OpenAI's shape, an {@code error} object with a message, so that an
 *     OpenAI client understands it as it is
 */
public record ChatError(
    Optional<String> message,
    Optional<String> type,
    Optional<String> param,
    Optional<String> code,
    boolean standard) {}
