package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.ModelCard;
import dev.assay.wire.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes lists of models in Anthropic's form, on one page. */
public final class ModelListWriter {
  private ModelListWriter() {}

  /** The body of {@code GET /v1/models}. */
  public static Bytes list(List<ModelCard> models) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("data");
      models.forEach(model -> write(json, model));
      json.writeEndArray();
      json.writeBooleanProperty("has_more", false);
      if (models.isEmpty()) {
        json.writeNullProperty("first_id");
        json.writeNullProperty("last_id");
      } else {
        json.writeStringProperty("first_id", models.getFirst().id());
        json.writeStringProperty("last_id", models.getLast().id());
      }
      json.writeEndObject();
    });
  }

  /** The body of {@code GET /v1/models/{id}}. */
  public static Bytes one(ModelCard model) {
    return Json.write(json -> write(json, model));
  }

  private static void write(JsonGenerator json, ModelCard model) {
    json.writeStartObject();
    json.writeStringProperty("type", "model");
    json.writeStringProperty("id", model.id());
    json.writeStringProperty("display_name", model.id());
    // The form has no place for a moment that nobody knows; the API itself then says 1970.
    Instant created = model.created().orElse(Instant.EPOCH);
    json.writeStringProperty("created_at", created.truncatedTo(ChronoUnit.SECONDS).toString());
    json.writeStringProperty("lifecycle", "active");
    json.writeEndObject();
  }
}
