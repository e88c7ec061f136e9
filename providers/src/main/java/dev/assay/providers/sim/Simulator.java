package dev.assay.providers.sim;

import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;

/**
 * What all attempts share.
 *
 * @param settings the settings
 * @param clock the time
 * @param tasks where it waits
 * @param composer decides what is said
 * @param cache the prompt caches
 */
record Simulator(
    SimSettings settings, Clock clock, Tasks tasks, Composer composer, PromptCache cache) {}
