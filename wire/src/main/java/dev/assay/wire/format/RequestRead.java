package dev.assay.wire.format;

import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.request.ChatRequest;
import java.util.Optional;

/** What became of reading a request body. */
public sealed interface RequestRead {
  /** A request, with its wire form. */
  record Valid(ChatRequest request) implements RequestRead {}

  /**
   * No request.
   *
   * @param code the stable code
   * @param message one sentence for the caller that names the field and the remedy and quotes
   *     nothing of the body
   * @param field the field at fault, such as {@code messages[2].content[0].type}; absent when it is
   *     the body as a whole
   */
  record Invalid(ErrorCode code, String message, Optional<String> field) implements RequestRead {}
}
