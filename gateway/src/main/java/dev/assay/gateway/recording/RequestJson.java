package dev.assay.gateway.recording;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Member;
import dev.assay.core.request.Request;
import dev.assay.core.request.TokenCountRequest;
import dev.assay.core.request.Wire;
import dev.assay.wire.json.Json;
import dev.assay.wire.openai.ChatRequestWriter;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A request as the ledger keeps it. */
final class RequestJson {
  private RequestJson() {}

  /** The client's bytes; for a request that did not come over a wire, the shape of OpenAI's API. */
  static Bytes of(Request request) {
    return request.wire().isPresent() ? request.wire().get().body() : written(request);
  }

  private static Bytes written(Request request) {
    return switch (request) {
      case ChatRequest chat -> ChatRequestWriter.write(chat);
      case TokenCountRequest(ChatRequest chat) -> ChatRequestWriter.write(chat);
      case EmbeddingRequest embedding -> Json.write(json -> write(json, embedding));
    };
  }

  private static void write(JsonGenerator json, EmbeddingRequest request) {
    json.writeStartObject();
    json.writeStringProperty("model", request.model());
    json.writeArrayPropertyStart("input");
    request.texts().forEach(json::writeString);
    json.writeEndArray();
    request.dimensions().ifPresent(length -> json.writeNumberProperty("dimensions", length));
    json.writeEndObject();
  }

  /**
   * The end user that the caller named in the member {@code user}, or in its successor {@code
   * safety_identifier}.
   */
  static Optional<String> user(Request request) {
    return request
        .wire()
        .flatMap(wire -> text("user", wire).or(() -> text("safety_identifier", wire)));
  }

  private static Optional<String> text(String name, Wire wire) {
    Member member = wire.members().get(name);
    return member == null
        ? Optional.empty()
        : text(wire.body().slice(member.value().start(), member.value().end()));
  }

  private static Optional<String> text(Bytes value) {
    try (JsonParser parser = Json.parser(value)) {
      return parser.nextToken() == JsonToken.VALUE_STRING
          ? Optional.of(parser.getString())
          : Optional.empty();
    }
  }
}
