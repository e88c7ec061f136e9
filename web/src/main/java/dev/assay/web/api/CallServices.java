package dev.assay.web.api;

import dev.assay.core.secret.Secrets;
import dev.assay.core.store.RecordedModel;
import dev.assay.core.store.Recorder;
import dev.assay.web.http.ByteBudget;
import dev.assay.web.http.InFlight;

/**
 * What every door by which calls come in needs.
 *
 * @param model answers and records
 * @param recorder records what is refused, and hears of answers that did not arrive
 * @param contexts makes the calls' contexts
 * @param secrets what is masked in what is kept of a refused body
 * @param counters counts what is not recorded
 * @param bodies how many bytes of bodies may be in memory
 * @param inFlight lets calls in until the server stops
 */
public record CallServices(
    RecordedModel model,
    Recorder recorder,
    CallContexts contexts,
    Secrets secrets,
    DoorCounters counters,
    ByteBudget bodies,
    InFlight inFlight) {}
