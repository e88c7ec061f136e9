package dev.assay.providers.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.StreamEvent;
import dev.assay.core.request.WireFormat;
import java.util.List;

/**
 * What was received, as far as it came; free of secrets.
 *
 * @param head the head of the response
 * @param raw the body as it came
 * @param body the body as it is recorded: for a stream an array of the events' data
 * @param streamed whether it was a stream
 * @param held the events that have not passed the sink
 */
record Reception(Head head, Bytes raw, Bytes body, boolean streamed, List<StreamEvent> held) {
  static Reception whole(Head head, Bytes body) {
    return new Reception(head, body, body, false, List.of());
  }

  static Reception streamed(Head head, Bytes raw, Bytes events, List<StreamEvent> held) {
    return new Reception(head, raw, events, true, held);
  }

  Exchange exchange() {
    return new Exchange(
        WireFormat.OPENAI_CHAT, head.status(), head.headers(), body, streamed, held);
  }

  int status() {
    return head.status();
  }

  /** The same without the events, which go nowhere when the stream failed. */
  Reception failed() {
    return new Reception(head, raw, body, streamed, List.of());
  }
}
