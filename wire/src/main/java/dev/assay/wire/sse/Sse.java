package dev.assay.wire.sse;

import dev.assay.core.bytes.Bytes;
import java.util.Optional;

/** What comes next in an event stream. */
public sealed interface Sse {
  /**
   * An event.
   *
   * @param raw its lines as they came, the closing blank line included
   * @param data the values of its data fields, joined by line feeds; shares memory with {@code raw}
   *     when there is one
   * @param type the value of its event field
   * @param lastId the last value of an id field in the stream so far
   * @param complete whether its blank line came; false only for one that the end of the stream cut
   */
  record Event(
      Bytes raw, Bytes data, Optional<String> type, Optional<String> lastId, boolean complete)
      implements Sse {}

  /** The end of the stream. */
  record End() implements Sse {}

  /** An event larger than is taken; nothing can be read behind it. */
  record TooLarge() implements Sse {}
}
