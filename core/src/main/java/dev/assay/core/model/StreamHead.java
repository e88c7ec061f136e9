package dev.assay.core.model;

import dev.assay.core.request.WireFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a streamed answer when its content begins.
 *
 * @param format the wire format of the response; absent when it came over no wire
 * @param headers the response headers that travel back (request identifier, rate limits), names in
 *     lower case
 * @param simulated whether a simulator answers
 * @param warnings what the caller should know of how the request was understood
 */
public record StreamHead(
    Optional<WireFormat> format,
    Map<String, String> headers,
    boolean simulated,
    List<String> warnings) {
  /** Copies the collections. */
  public StreamHead {
    headers = Map.copyOf(headers);
    warnings = List.copyOf(warnings);
  }

  /** The head of an answer that is made in process. */
  public static StreamHead inProcess(boolean simulated) {
    return new StreamHead(Optional.empty(), Map.of(), simulated, List.of());
  }
}
