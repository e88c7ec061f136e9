package dev.assay.gateway.embedding;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Member;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.core.store.EmbeddingCache;
import dev.assay.wire.json.CanonicalJson;
import dev.assay.wire.json.InvalidField;
import dev.assay.wire.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the vectors of a request depend on: the provider, its name for the model, everything in the
 * body that is not about the caller or the transport, and each one's text. A vector in another
 * encoding is another vector: numbers that passed through decimal digits may differ in the last
 * bit.
 *
 * <p>For one request; not thread-safe.
 */
final class EmbeddingKeys {
  private static final Set<String> LEFT_OUT =
      Set.of(
          "model", "input", "dimensions", "user", "metadata", "assay", "stream", "stream_options");
  private static final Bytes FLOAT = Bytes.utf8("\"float\"");

  private final String provider;
  private final EmbeddingRequest request;
  private final EmbeddingCache cache;
  private final Bytes options;

  /**
   * Keys of a request.
   *
   * @throws InvalidField when an object in the body has a name twice
   */
  EmbeddingKeys(String provider, EmbeddingRequest request, EmbeddingCache cache) {
    this.provider = provider;
    this.request = request;
    this.cache = cache;
    this.options = options(request);
  }

  /** The keys of the texts, in order. */
  List<Bytes> texts() {
    List<Bytes> keys = new ArrayList<>(request.texts().size());
    for (String text : request.texts()) {
      keys.add(digest("embedding", List.of(text)));
    }
    return keys;
  }

  /** The digest of the whole request. */
  Bytes request() {
    return digest("embeddings", request.texts());
  }

  private Bytes digest(String purpose, List<String> texts) {
    return cache.digest(
        Json.write(json -> {
          json.writeStartArray();
          json.writeString(purpose);
          json.writeString(provider);
          json.writeString(request.model());
          Json.writeRaw(json, options);
          texts.forEach(json::writeString);
          json.writeEndArray();
        }));
  }

  private static Bytes options(EmbeddingRequest request) {
    Map<String, Bytes> members = new HashMap<>();
    Optional<Wire> own =
        request.wire().filter(wire -> wire.format() == WireFormat.OPENAI_EMBEDDINGS);
    own.ifPresent(wire ->
        wire.members()
            .forEach((name, member) -> {
              if (!LEFT_OUT.contains(name)) {
                members.put(name, CanonicalJson.of(value(wire, member)));
              }
            }));
    request
        .dimensions()
        .ifPresent(length -> members.put("dimensions", Bytes.utf8(String.valueOf(length))));
    members.values().removeIf(value -> value.utf8().equals("null"));
    members.putIfAbsent("encoding_format", FLOAT);
    return CanonicalJson.object(members);
  }

  private static Bytes value(Wire wire, Member member) {
    return wire.body().slice(member.value().start(), member.value().end());
  }
}
