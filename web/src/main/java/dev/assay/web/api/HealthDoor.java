package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.store.Recorder;
import dev.assay.web.http.Door;
import dev.assay.web.http.HttpExchange;
import dev.assay.web.http.InFlight;
import dev.assay.wire.json.Json;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /health/live}: the process answers. {@code GET /health/ready}: it takes calls, or 503
 * with the reason why not.
 */
public final class HealthDoor implements Door {
  static final String LIVE = "/health/live";
  static final String READY = "/health/ready";

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final Recorder recorder;
  private final InFlight inFlight;
  private final Supplier<Optional<String>> unready;
  private final DoorCounters counters;

  /**
   * The door.
   *
   * @param unready why the rest of the program is not ready; empty when it is
   */
  public HealthDoor(
      Recorder recorder,
      InFlight inFlight,
      Supplier<Optional<String>> unready,
      DoorCounters counters) {
    this.recorder = recorder;
    this.inFlight = inFlight;
    this.unready = unready;
    this.counters = counters;
  }

  @Override
  public void handle(HttpExchange exchange) {
    if (exchange.path().equals(LIVE)) {
      exchange.send(OK, Json.write(json -> status("live", json)));
      return;
    }
    Optional<String> reason = reason();
    exchange.send(reason.isEmpty() ? OK : UNAVAILABLE, readiness(reason));
  }

  private static void status(String status, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("status", status);
    json.writeEndObject();
  }

  private Optional<String> reason() {
    if (inFlight.closed()) {
      return Optional.of("the server is stopping");
    }
    if (!recorder.admits()) {
      return Optional.of("the ledger cannot be written");
    }
    return unready.get();
  }

  private Bytes readiness(Optional<String> reason) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("status", reason.isEmpty() ? "ready" : "unready");
      reason.ifPresent(text -> json.writeStringProperty("reason", text));
      json.writeObjectPropertyStart("refused_unrecorded");
      for (Unrecorded refused : Unrecorded.values()) {
        json.writeNumberProperty(refused.text(), counters.of(refused));
      }
      json.writeEndObject();
      json.writeEndObject();
    });
  }
}
