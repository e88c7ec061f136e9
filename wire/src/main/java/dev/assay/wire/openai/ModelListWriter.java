package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.ModelCard;
import dev.assay.wire.json.Json;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes the bodies of {@code GET /v1/models} and {@code GET /v1/models/{id}}. */
public final class ModelListWriter {
  private ModelListWriter() {}

  /** The list of models. */
  public static Bytes list(List<ModelCard> cards) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("object", "list");
      json.writeArrayPropertyStart("data");
      cards.forEach(card -> write(json, card));
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  /** One model. */
  public static Bytes one(ModelCard card) {
    return Json.write(json -> write(json, card));
  }

  private static void write(JsonGenerator json, ModelCard card) {
    json.writeStartObject();
    json.writeStringProperty("id", card.id());
    json.writeStringProperty("object", "model");
    // The official clients insist on a number.
    json.writeNumberProperty("created", card.created().map(Instant::getEpochSecond).orElse(0L));
    json.writeStringProperty("owned_by", card.owner());
    card.target().ifPresent(target -> json.writeStringProperty("target", target));
    if (card.simulated()) {
      json.writeBooleanProperty("simulated", true);
    }
    json.writeEndObject();
  }
}
