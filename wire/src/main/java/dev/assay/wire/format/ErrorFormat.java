package dev.assay.wire.format;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.ProviderError;
import dev.assay.core.request.WireFormat;
import java.util.Optional;

/** How a door writes errors. Immutable and thread-safe. */
public interface ErrorFormat {
  /** The least status of an error. */
  int FIRST_ERROR = 400;

  /** Which format it is. */
  WireFormat format();

  /** The body of an error. */
  Bytes error(Failure failure);

  /** The HTTP status of an error: the provider's own where its own words are handed on. */
  default int status(Failure failure) {
    return own(failure)
        .map(ProviderError::httpStatus)
        // An error may come with a success.
        .filter(status -> status >= FIRST_ERROR)
        .orElse(failure.code().httpStatus());
  }

  /** The provider's own words, when they can be handed on as they are. */
  default Optional<ProviderError> own(Failure failure) {
    return failure.provider().filter(error -> error.json() && error.format() == format());
  }
}
