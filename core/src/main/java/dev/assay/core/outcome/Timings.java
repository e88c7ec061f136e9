package dev.assay.core.outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a call ran.
 *
 * @param startedAt when it began
 * @param latency from the beginning to the outcome, waiting between attempts included
 * @param firstToken from the beginning to the first content, for streams
 */
public record Timings(Instant startedAt, Duration latency, Optional<Duration> firstToken) {}
