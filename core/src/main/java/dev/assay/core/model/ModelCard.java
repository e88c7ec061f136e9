package dev.assay.core.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a model that can be asked.
 *
 * @param id the full name, {@code provider/name}, or an alias
 * @param owner the provider, or {@code assay} for an alias
 * @param created when the provider says that it was made
 * @param simulated whether its answers are simulated
 * @param target what an alias stands for
 */
public record ModelCard(
    String id,
    String owner,
    Optional<Instant> created,
    boolean simulated,
    Optional<String> target) {}
