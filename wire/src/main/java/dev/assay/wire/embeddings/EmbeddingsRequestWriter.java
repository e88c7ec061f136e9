package dev.assay.wire.embeddings;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Member;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.json.Json;
import dev.assay.wire.json.Splice;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the body of {@code POST /v1/embeddings} for a provider. A request that came in this format
 * leaves as the client's own bytes, but for the model, the texts that travel and the member {@code
 * assay}, which is for this program.
 */
public final class EmbeddingsRequestWriter {
  private EmbeddingsRequestWriter() {}

  /** The body. */
  public static Bytes write(EmbeddingRequest request) {
    Optional<Wire> own =
        request.wire().filter(wire -> wire.format() == WireFormat.OPENAI_EMBEDDINGS);
    return own.isPresent() ? spliced(request, own.get()) : Json.write(json -> write(json, request));
  }

  private static Bytes spliced(EmbeddingRequest request, Wire wire) {
    Bytes input = Json.write(json -> writeInput(json, request.texts(), single(wire)));
    return new Splice(wire.body(), wire.members())
        .set("model", request.model())
        .set("input", input)
        .remove("assay")
        .apply();
  }

  /** Whether the client gave one text and not an array. */
  private static boolean single(Wire wire) {
    Member input = wire.members().get("input");
    return input != null && wire.body().at(input.value().start()) == '"';
  }

  private static void write(JsonGenerator json, EmbeddingRequest request) {
    json.writeStartObject();
    json.writeStringProperty("model", request.model());
    json.writeName("input");
    writeInput(json, request.texts(), false);
    request.dimensions().ifPresent(length -> json.writeNumberProperty("dimensions", length));
    json.writeEndObject();
  }

  private static void writeInput(JsonGenerator json, List<String> texts, boolean single) {
    if (single && texts.size() == 1) {
      json.writeString(texts.getFirst());
      return;
    }
    json.writeStartArray();
    texts.forEach(json::writeString);
    json.writeEndArray();
  }
}
