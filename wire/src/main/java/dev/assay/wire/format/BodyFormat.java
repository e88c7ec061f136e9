package dev.assay.wire.format;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.WireFormat;
import java.util.Optional;

/** How the bodies of an API's responses are read. Immutable and thread-safe. */
public interface BodyFormat {
  /** Which format it is. */
  WireFormat format();

  /**
   * Reads the body of an answer in one piece. Lenient: a field with a wrong type counts as absent;
   * only a body without an answer in it is malformed.
   */
  AnswerRead answer(Bytes body);

  /** The error in the body of a response; empty when the body is none. Lenient. */
  Optional<ApiError> error(Bytes body);
}
