package dev.assay.providers.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.ModelCard;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A page of {@code GET /v1/models}. Lenient: a field with a wrong type counts as absent.
 *
 * @param models the models, as the provider ordered them
 * @param next the identifier behind which the next page begins; empty for the last page
 */
record ModelPage(List<ModelCard> models, Optional<String> next) {
  /** Copies the models. */
  ModelPage {
    models = List.copyOf(models);
  }

  /** Reads a body; empty when it is no list of models. */
  static Optional<ModelPage> read(String provider, Bytes body) {
    try (JsonParser parser = Json.parser(body)) {
      return parser.nextToken() == JsonToken.START_OBJECT
          ? read(provider, parser)
          : Optional.empty();
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<ModelPage> read(String provider, JsonParser parser) {
    List<ModelCard> models = null;
    boolean more = false;
    String last = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (field.equals("data") && value == JsonToken.START_ARRAY) {
        models = models(provider, parser);
      } else if (field.equals("has_more")) {
        more = value == JsonToken.VALUE_TRUE;
        parser.skipChildren();
      } else if (field.equals("last_id")) {
        last = Fields.stringOrNull(parser);
      } else {
        parser.skipChildren();
      }
    }
    Optional<String> next = more ? Optional.ofNullable(last) : Optional.empty();
    return Optional.ofNullable(models).map(list -> new ModelPage(list, next));
  }

  private static List<ModelCard> models(String provider, JsonParser parser) {
    List<ModelCard> models = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        model(provider, parser).ifPresent(models::add);
      } else {
        parser.skipChildren();
      }
    }
    return models;
  }

  private static Optional<ModelCard> model(String provider, JsonParser parser) {
    String id = null;
    Optional<Instant> created = Optional.empty();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "id" -> id = Fields.stringOrNull(parser);
        case "created_at" -> created = moment(Fields.stringOrNull(parser));
        default -> parser.skipChildren();
      }
    }
    return id == null || id.isBlank()
        ? Optional.empty()
        : Optional.of(
            new ModelCard(provider + "/" + id, provider, created, false, Optional.empty()));
  }

  // A model whose moment is not known is said to be of 1970.
  private static Optional<Instant> moment(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant())
          .filter(moment -> moment.isAfter(Instant.EPOCH));
    } catch (DateTimeException other) {
      return Optional.empty();
    }
  }
}
