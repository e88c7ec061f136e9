package dev.assay.providers.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.StreamEvent;
import dev.assay.core.request.WireFormat;
import dev.assay.core.secret.Secrets;
import dev.assay.wire.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was received, as far as it came.
 *
 * @param status the status of the response
 * @param headers the headers that travel back, names in lower case
 * @param raw the body as it came
 * @param body the body as it is recorded: for a stream an array of the events' data
 * @param streamed whether it was a stream
 * @param held the events that have not passed the sink
 */
record Reception(
    int status,
    Map<String, String> headers,
    Bytes raw,
    Bytes body,
    boolean streamed,
    List<StreamEvent> held) {
  private static final Set<String> TRAVELLING =
      Set.of("x-request-id", "request-id", "retry-after", "retry-after-ms");

  static Reception whole(HttpResponse response, Bytes body) {
    return new Reception(
        response.status(), travelling(response.headers()), body, body, false, List.of());
  }

  static Reception streamed(
      HttpResponse response, Bytes raw, Bytes events, List<StreamEvent> held) {
    return new Reception(
        response.status(), travelling(response.headers()), raw, events, true, held);
  }

  Exchange exchange() {
    return new Exchange(WireFormat.OPENAI_CHAT, status, headers, body, streamed, held);
  }

  Optional<String> requestId() {
    return Optional.ofNullable(headers.get("x-request-id"))
        .or(() -> Optional.ofNullable(headers.get("request-id")));
  }

  /** The same without any secret, and without events that no longer go anywhere. */
  Reception scrubbed(Secrets secrets) {
    Map<String, String> clean = new HashMap<>(headers);
    clean.replaceAll((name, value) -> secrets.scrub(value));
    Bytes cleanRaw = secrets.scrub(raw);
    Bytes cleanBody = streamed ? secrets.scrub(body) : cleanRaw;
    return new Reception(status, clean, cleanRaw, cleanBody, streamed, List.of());
  }

  private static Map<String, String> travelling(Map<String, String> headers) {
    Map<String, String> travelling = new HashMap<>(headers);
    travelling
        .keySet()
        .removeIf(name ->
            !TRAVELLING.contains(name)
                && !name.startsWith("x-ratelimit-")
                && !name.startsWith("openai-"));
    return travelling;
  }
}
