package dev.assay.wire.http;

import dev.assay.core.bytes.Bytes;

/** What came of reading a whole body. */
public sealed interface BodyRead {
  /** All of it. */
  record Whole(Bytes body) implements BodyRead {}

  /**
   * Not all of it.
   *
   * @param failure why
   * @param received what had arrived
   */
  record Broken(HttpFailure failure, Bytes received) implements BodyRead {}
}
