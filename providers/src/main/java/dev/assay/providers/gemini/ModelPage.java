package dev.assay.providers.gemini;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.ModelCard;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A page of {@code GET /models}, with the models that generate or embed.
 *
 * @param models their cards
 * @param next names the next page
 */
record ModelPage(List<ModelCard> models, Optional<String> next) {
  private static final String COLLECTION = "models/";
  private static final Set<String> USABLE =
      Set.of("generateContent", "embedContent", "batchEmbedContents");

  /** Reads a page; empty when the body is none. */
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
    String next = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (field.equals("models") && value == JsonToken.START_ARRAY) {
        models = models(provider, parser);
      } else if (field.equals("nextPageToken")) {
        next = Fields.stringOrNull(parser);
      } else {
        parser.skipChildren();
      }
    }
    Optional<String> token = Optional.ofNullable(next).filter(name -> !name.isEmpty());
    return Optional.ofNullable(models).map(cards -> new ModelPage(cards, token));
  }

  private static List<ModelCard> models(String provider, JsonParser parser) {
    List<ModelCard> models = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        String name = usable(parser);
        if (name != null) {
          models.add(
              new ModelCard(
                  provider + "/" + name, provider, Optional.empty(), false, Optional.empty()));
        }
      } else {
        parser.skipChildren();
      }
    }
    return models;
  }

  /** The model's name; null when it does something else. */
  private static @Nullable String usable(JsonParser parser) {
    String name = null;
    boolean usable = false;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (field.equals("name")) {
        name = Fields.stringOrNull(parser);
      } else if (field.equals("supportedGenerationMethods") && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          String method = Fields.stringOrNull(parser);
          usable |= method != null && USABLE.contains(method);
        }
      } else {
        parser.skipChildren();
      }
    }
    if (name == null || !usable) {
      return null;
    }
    String bare = name.startsWith(COLLECTION) ? name.substring(COLLECTION.length()) : name;
    return bare.isBlank() ? null : bare;
  }
}
