package dev.assay.web;

import java.util.Map;
import java.util.Optional;

/**
 * A response as it came.
 *
 * @param status its status
 * @param headers its headers, names in lower case
 * @param body its body, chunks joined
 * @param whole whether the body ended as HTTP wants it
 */
public record RawResponse(int status, Map<String, String> headers, String body, boolean whole) {
  /** A header's value. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
