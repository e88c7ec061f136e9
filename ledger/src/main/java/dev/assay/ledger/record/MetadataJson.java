package dev.assay.ledger.record;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.wire.json.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes {@code metadata_json}: the caller's metadata in the order of their names, and an object
 * {@code assay} of what the ledger adds. A caller's own {@code assay} gives way to it.
 */
final class MetadataJson {
  private static final String OWN = "assay";

  private MetadataJson() {}

  static Bytes write(Map<String, String> metadata, Outcome outcome) {
    return Json.write(json -> {
      json.writeStartObject();
      writeCallers(json, metadata);
      json.writeObjectPropertyStart(OWN);
      writeOwn(json, outcome);
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  /** The caller's alone, for a call that has no outcome yet. */
  static Bytes write(Map<String, String> metadata) {
    return Json.write(json -> {
      json.writeStartObject();
      writeCallers(json, metadata);
      json.writeEndObject();
    });
  }

  /**
   * What the metadata of a call become that never had an outcome.
   *
   * @param callers what {@link #write(Map)} gave
   * @param simulated whether a simulator answered; null when that is not known
   */
  static Bytes interrupted(Bytes callers, @Nullable Boolean simulated) {
    boolean none = callers.length() == 2;
    Bytes own = Bytes.utf8("\"" + OWN + "\":{\"simulated\":" + simulated + ",\"attempts\":null}}");
    ValueWriter joined = new ValueWriter(callers.length() + own.length() + 1);
    joined.raw(callers.slice(0, callers.length() - 1).toArray());
    if (!none) {
      joined.raw((byte) ',');
    }
    return joined.raw(own.toArray()).written();
  }

  private static void writeCallers(JsonGenerator json, Map<String, String> metadata) {
    (metadata.size() > 1 ? new TreeMap<>(metadata) : metadata)
        .forEach((name, value) -> {
          if (!name.equals(OWN)) {
            json.writeStringProperty(name, value);
          }
        });
  }

  private static void writeOwn(JsonGenerator json, Outcome outcome) {
    Details details = outcome.details();
    json.writeBooleanProperty("simulated", details.simulated());
    switch (outcome) {
      case Answer answer -> json.writeStringProperty("finish_reason", answer.finish().text());
      case Failure failure -> {
        // Nothing was finished.
      }
    }
    json.writeNumberProperty("attempts", details.attempts().size());
    ResponseJson.form(outcome)
        .ifPresent(form -> {
          json.writeStringProperty("format", form.format().text());
          json.writeBooleanProperty("streamed", form.streamed());
        });
    details
        .embedding()
        .ifPresent(report -> {
          json.writeObjectPropertyStart("embeddings");
          json.writeNumberProperty("texts", report.cached().size());
          json.writeNumberProperty("cached", report.hits());
          json.writeEndObject();
        });
    List<String> warnings = details.warnings();
    if (!warnings.isEmpty()) {
      json.writeArrayPropertyStart("warnings");
      warnings.forEach(json::writeString);
      json.writeEndArray();
    }
  }
}
