package dev.assay.providers.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.ModelCard;
import dev.assay.wire.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the body of {@code GET /models}. Lenient: a field with a wrong type counts as absent. */
public final class ModelListReader {
  // Beyond it a moment is no moment any more; some servers write nonsense.
  private static final long LATEST = 253_402_300_799L;

  private final String provider;
  private final JsonParser parser;
  private final List<ModelCard> models = new ArrayList<>();

  private ModelListReader(String provider, JsonParser parser) {
    this.provider = provider;
    this.parser = parser;
  }

  /** The models, as the provider ordered them; empty when the body is no list of models. */
  public static Optional<List<ModelCard>> read(String provider, Bytes body) {
    try (JsonParser parser = Json.parser(body)) {
      return new ModelListReader(provider, parser).read();
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }

  private Optional<List<ModelCard>> read() {
    JsonToken first = parser.nextToken();
    // Together answers with the bare array.
    if (first == JsonToken.START_ARRAY) {
      readModels();
      return Optional.of(models);
    }
    if (first != JsonToken.START_OBJECT) {
      return Optional.empty();
    }
    boolean found = false;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      if (parser.nextToken() == JsonToken.START_ARRAY && field.equals("data")) {
        found = true;
        readModels();
      } else {
        parser.skipChildren();
      }
    }
    return found ? Optional.of(models) : Optional.empty();
  }

  private void readModels() {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        readModel();
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readModel() {
    String id = "";
    Optional<Instant> created = Optional.empty();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (field.equals("id") && value == JsonToken.VALUE_STRING) {
        id = parser.getString();
      } else if (field.equals("created") && value == JsonToken.VALUE_NUMBER_INT) {
        created = moment(parser.getNumberValue().longValue());
      } else {
        parser.skipChildren();
      }
    }
    if (!id.isBlank()) {
      models.add(new ModelCard(provider + "/" + id, provider, created, false, Optional.empty()));
    }
  }

  private static Optional<Instant> moment(long seconds) {
    return seconds > 0 && seconds <= LATEST
        ? Optional.of(Instant.ofEpochSecond(seconds))
        : Optional.empty();
  }
}
