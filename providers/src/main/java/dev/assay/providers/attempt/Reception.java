package dev.assay.providers.attempt;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.StreamEvent;
import dev.assay.core.request.WireFormat;
import java.util.List;

/**
 * What was received, as far as it came; free of secrets.
 *
 * @param format the wire format of the response
 * @param head the head of the response
 * @param raw the body as it came
 * @param body the body as it is recorded: for a stream an array of the events' data
 * @param streamed whether it was a stream
 * @param held the events that have not passed the sink
 */
record Reception(
    WireFormat format, Head head, Bytes raw, Bytes body, boolean streamed, List<StreamEvent> held) {
  static Reception whole(WireFormat format, Head head, Bytes body) {
    return new Reception(format, head, body, body, false, List.of());
  }

  static Reception streamed(
      WireFormat format, Head head, Bytes raw, Bytes events, List<StreamEvent> held) {
    return new Reception(format, head, raw, events, true, held);
  }

  Exchange exchange() {
    return new Exchange(format, head.status(), head.headers(), body, streamed, held);
  }

  int status() {
    return head.status();
  }

  /** The same without the events, which go nowhere when the stream failed. */
  Reception failed() {
    return new Reception(format, head, raw, body, streamed, List.of());
  }
}
