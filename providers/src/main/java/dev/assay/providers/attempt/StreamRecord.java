package dev.assay.providers.attempt;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.bytes.BytesList;
import dev.assay.core.secret.Secrets;
import dev.assay.wire.format.AnswerEvent;
import dev.assay.wire.json.Json;
import dev.assay.wire.sse.Sse;
import dev.assay.wire.sse.SseWriter;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** What is kept of a stream: its bytes, and the data of its events. For one thread. */
final class StreamRecord {
  private static final Bytes MASKED = text(Bytes.utf8(Secrets.MASK));
  private static final Bytes MASKED_RAW = SseWriter.event(MASKED);

  private BytesList raws = new BytesList();
  private BytesList data = new BytesList();
  private Bytes last = Bytes.EMPTY;

  void add(Sse.Event event, AnswerEvent.Kind kind) {
    add(
        event,
        switch (kind) {
          case DONE -> Bytes.EMPTY;
          // It still says what came, when somebody wants to know what went wrong.
          case MALFORMED -> text(event.data());
          case PRELUDE, CONTENT, FINISH, USAGE, OTHER, ERROR -> event.data();
        });
  }

  /** Adds an event that the end of the stream cut. */
  void addCut(Sse.Event event) {
    add(event, text(event.data()));
  }

  private void add(Sse.Event event, Bytes kept) {
    raws.add(event.raw());
    data.add(kept);
    last = event.data();
  }

  /** What is kept of each event's data, in order; nothing of the end mark. */
  List<Bytes> data() {
    return IntStream.range(0, data.size()).mapToObj(data::get).toList();
  }

  /** Keeps nothing of the events at these places but that there was one. */
  void mask(BitSet events) {
    raws = masked(raws, events, MASKED_RAW);
    data = masked(data, events, MASKED);
  }

  private static BytesList masked(BytesList pieces, BitSet events, Bytes mask) {
    BytesList clean = new BytesList();
    for (int event = 0; event < pieces.size(); event++) {
      clean.add(events.get(event) ? mask : pieces.get(event));
    }
    return clean;
  }

  private static Bytes text(Bytes bytes) {
    return Json.write(json -> json.writeString(bytes.utf8()));
  }

  boolean empty() {
    return raws.size() == 0;
  }

  /** How many bytes came. */
  long size() {
    return raws.length();
  }

  /** The data of the event that came last. */
  Bytes last() {
    return last;
  }

  /** The bytes of all events. */
  Bytes raw() {
    return raws.joined(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY);
  }

  /** A JSON array of the events' data, the end mark left out. */
  Bytes events() {
    return data.joined(Bytes.utf8("["), Bytes.utf8(","), Bytes.utf8("]"));
  }
}
