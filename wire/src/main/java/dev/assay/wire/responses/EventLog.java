package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.json.Json;
import dev.assay.wire.sse.SseWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Numbers the events of a stream and holds those that are not taken yet. For one thread. */
final class EventLog {
  private final List<Bytes> events = new ArrayList<>();
  private long sequence;

  EventLog() {}

  /**
   * Adds an event.
   *
   * @param members writes what it has beside its type and number
   */
  void add(String type, Consumer<JsonGenerator> members) {
    Bytes data =
        Json.write(json -> {
          json.writeStartObject();
          json.writeStringProperty("type", type);
          json.writeNumberProperty("sequence_number", sequence);
          members.accept(json);
          json.writeEndObject();
        });
    sequence++;
    events.add(SseWriter.event(type, data));
  }

  /** The events since the last call. */
  Bytes take() {
    Bytes taken = Bytes.joined(events.toArray(Bytes[]::new));
    events.clear();
    return taken;
  }
}
