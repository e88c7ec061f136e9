package dev.assay.core.request;

import java.util.Optional;

/**
 * The wish that a provider keeps a prompt in its cache.
 *
 * @param ttl how long, in the provider's words, such as {@code 1h}; absent is its default
 */
public record CacheHint(Optional<String> ttl) {}
