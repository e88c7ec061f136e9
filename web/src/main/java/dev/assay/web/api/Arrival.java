package dev.assay.web.api;

import dev.assay.core.model.Principal;
import java.time.Instant;
import java.util.UUID;

/**
 * A request for a call, before anything of it was read.
 *
 * @param callId the call's identifier
 * @param principal who makes it
 * @param at when it came in
 * @param nanos the same moment on the steady counter
 */
record Arrival(UUID callId, Principal principal, Instant at, long nanos) {}
