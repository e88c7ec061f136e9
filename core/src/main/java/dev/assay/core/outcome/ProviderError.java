package dev.assay.core.outcome;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.WireFormat;
import java.util.Optional;

/**
 * A failure in the provider's own words, with known secrets masked.
 *
 * @param format the wire format of the provider
 * @param httpStatus the status that it answered with; 200 when the error came inside a stream
 * @param message its message, when one could be found
 * @param body the body or the error event's data, as it came
 * @param json whether the body is JSON of the provider's error shape, so that a door of the same
 *     format can hand it on as it is
 */
public record ProviderError(
    WireFormat format, int httpStatus, Optional<String> message, Bytes body, boolean json) {}
