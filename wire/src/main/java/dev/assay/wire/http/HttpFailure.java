package dev.assay.wire.http;

import dev.assay.core.outcome.ErrorCode;

/**
 * An exchange that did not come to its end.
 *
 * @param code how it failed
 * @param message one sentence that names the endpoint; never contains a body or a header
 * @param sent whether the request had left, whole or in part, so that the provider may have acted
 *     on it
 */
public record HttpFailure(ErrorCode code, String message, boolean sent) implements HttpResult {}
