package dev.assay.providers.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.secret.Secrets;
import dev.assay.wire.json.Json;
import dev.assay.wire.openai.ChatEvent;
import dev.assay.wire.openai.ChatEventWriter;
import dev.assay.wire.sse.Sse;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What is kept of a stream: its bytes, and the data of its events. For one thread. */
final class StreamRecord {
  private static final Bytes MASKED = text(Bytes.utf8(Secrets.MASK));
  private static final Bytes MASKED_RAW = ChatEventWriter.event(MASKED);

  private final List<Bytes> raws = new ArrayList<>();
  private final List<Bytes> data = new ArrayList<>();
  private Bytes last = Bytes.EMPTY;
  private long size;

  void add(Sse.Event event, ChatEvent.Kind kind) {
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
    size += event.raw().length();
    last = event.data();
  }

  /** What is kept of each event's data, in order; nothing of the end mark. */
  List<Bytes> data() {
    return List.copyOf(data);
  }

  /** Keeps nothing of the events at these places but that there was one. */
  void mask(BitSet events) {
    events.stream()
        .forEach(event -> {
          raws.set(event, MASKED_RAW);
          data.set(event, MASKED);
        });
  }

  private static Bytes text(Bytes bytes) {
    return Json.write(json -> json.writeString(bytes.utf8()));
  }

  boolean empty() {
    return raws.isEmpty();
  }

  /** How many bytes came. */
  long size() {
    return size;
  }

  /** The data of the event that came last. */
  Bytes last() {
    return last;
  }

  /** The bytes of all events. */
  Bytes raw() {
    return joined(raws, "", "", "");
  }

  /** A JSON array of the events' data, the end mark left out. */
  Bytes events() {
    return joined(data, "[", ",", "]");
  }

  private static Bytes joined(List<Bytes> pieces, String first, String between, String last) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    append(all, Bytes.utf8(first));
    boolean more = false;
    for (Bytes piece : pieces) {
      if (piece.isEmpty()) {
        continue;
      }
      if (more) {
        append(all, Bytes.utf8(between));
      }
      more = true;
      append(all, piece);
    }
    append(all, Bytes.utf8(last));
    return Bytes.wrap(all.toByteArray());
  }

  private static void append(ByteArrayOutputStream all, Bytes bytes) {
    all.write(bytes.backingArray(), bytes.arrayOffset(), bytes.length());
  }
}
