package dev.assay.web.http;

import dev.assay.core.bytes.Bytes;

/** What came of reading a request's body. */
public sealed interface Body {
  /** All of it. */
  record Whole(Bytes bytes) implements Body {}

  /** It is larger than a body may be; the connection closes after the answer. */
  record TooLarge() implements Body {}

  /** It does not fit beside those that are in memory; the connection closes after the answer. */
  record Overloaded() implements Body {}

  /** Its chunks are not well-formed; the connection closes after the answer. */
  record Malformed() implements Body {}
}
