package dev.assay.core.outcome;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.WireFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * @param answerId the provider's identifier of the answer, when it is one and has one
 */
public record Exchange(
    WireFormat format,
    int httpStatus,
    Map<String, String> headers,
    Bytes body,
    boolean streamed,
    List<StreamEvent> held,
    Optional<String> answerId) {
  /** Copies the collections. */
  public Exchange {
    headers = Map.copyOf(headers);
    held = List.copyOf(held);
  }

  /** An exchange whose answer has no identifier. */
  public Exchange(
      WireFormat format,
      int httpStatus,
      Map<String, String> headers,
      Bytes body,
      boolean streamed,
      List<StreamEvent> held) {
    this(format, httpStatus, headers, body, streamed, held, Optional.empty());
  }

  /** The same exchange, whose answer has an identifier. */
  public Exchange answering(Optional<String> answerId) {
    return new Exchange(format, httpStatus, headers, body, streamed, held, answerId);
  }
}
