package dev.assay.core.store;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import java.time.Instant;

/**
 * A stream is about to show its first content.
 *
 * @param context which call it is
 * @param model the model as it was asked
 * @param request the request as JSON
 * @param createdAt when the call came in
 */
public record CallStart(CallContext context, String model, Bytes request, Instant createdAt) {}
