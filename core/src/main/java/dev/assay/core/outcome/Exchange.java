package dev.assay.core.outcome;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.WireFormat;
import java.util.List;
import java.util.Map;

/**
 * The raw exchange that gave the outcome.
 *
 * @param format the wire format of the response
 * @param httpStatus the status of the response
 * @param headers the response headers that travel back (request identifier, rate limits), names in
 *     lower case
 * @param body the response body; for a stream a JSON array of the events' data, in order
 * @param streamed whether it was a stream
 * @param held the events of a stream that have not passed the sink, in order; empty otherwise
 */
public record Exchange(
    WireFormat format,
    int httpStatus,
    Map<String, String> headers,
    Bytes body,
    boolean streamed,
    List<StreamEvent> held) {
  /** Copies the collections. */
  public Exchange {
    headers = Map.copyOf(headers);
    held = List.copyOf(held);
  }
}
