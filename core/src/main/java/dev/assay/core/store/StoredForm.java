package dev.assay.core.store;

import dev.assay.core.request.WireFormat;

/**
 * What a stored response is written in.
 *
 * @param format the wire format
 * @param streamed whether it is a stream: an object whose {@code events} are the events' data, in
 *     order
 */
public record StoredForm(WireFormat format, boolean streamed) {}
