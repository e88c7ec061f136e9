package dev.assay.wire.responses;

import java.util.Optional;

/**
 * A value inside its own address: {@code data:<media type>;base64,<bytes>}.
 *
 * @param mediaType such as {@code image/png}
 * @param base64 the bytes, as they came
 */
record DataUrl(String mediaType, String base64) {
  private static final String SCHEME = "data:";
  private static final String MARKER = ";base64,";

  /** Reads an address; empty when it is another one. */
  static Optional<DataUrl> of(String url) {
    int marker = url.startsWith(SCHEME) ? url.indexOf(MARKER) : -1;
    return marker < 0
        ? Optional.empty()
        : Optional.of(
            new DataUrl(
                url.substring(SCHEME.length(), marker), url.substring(marker + MARKER.length())));
  }

  String text() {
    return SCHEME + mediaType + MARKER + base64;
  }
}
