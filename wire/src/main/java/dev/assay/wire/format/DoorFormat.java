package dev.assay.wire.format;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How a door reads requests and writes answers and errors. Immutable and thread-safe. */
public interface DoorFormat extends ErrorFormat {
  /**
   * Reads the body of a request.
   *
   * @param body the bytes as they came
   * @param headers the request headers that travel on, names in lower case; never a credential
   * @param query the raw query string
   */
  RequestRead read(Bytes body, Map<String, String> headers, Optional<String> query);

  /**
   * A writer of the answer to a call.
   *
   * @param callId the call's identifier, from which the answer's is made
   * @param request what was asked, in the names of the client
   * @param created when the answer was made
   */
  AnswerWriter answers(UUID callId, ChatRequest request, Instant created);

  /** The event that ends every stream; empty when the format has none. */
  Bytes endMark();

  /**
   * The event that breaks a stream off; nothing follows it.
   *
   * @param error the body of an error of this format, on one line
   */
  Bytes errorEvent(Bytes error);
}
