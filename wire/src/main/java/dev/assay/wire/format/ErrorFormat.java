package dev.assay.wire.format;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Failure;
import dev.assay.core.request.WireFormat;

/** How a door writes errors. Immutable and thread-safe. */
public interface ErrorFormat {
  /** Which format it is. */
  WireFormat format();

  /** The body of an error. */
  Bytes error(Failure failure);
}
