package dev.assay.wire.gemini;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Member;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import dev.assay.core.request.Tools;
import dev.assay.core.request.Wire;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * Writes the bodies of {@code models/{model}:generateContent}, {@code :countTokens} and {@code
 * :batchEmbedContents}.
 *
 * <p>What has no form here is left out: names of speakers, cache points, whether a schema is
 * strict, reasoning that no Gemini model signed. A prompt that was cached by name before is named
 * by a member {@code cached_content} of the client's body, such as {@code cachedContents/abc}.
 */
public final class GeminiRequestWriter {
  /** The member of a client's body that names cached content. */
  public static final String CACHED_CONTENT = "cached_content";

  private GeminiRequestWriter() {}

  /** The body of {@code generateContent} and {@code streamGenerateContent}. */
  public static Bytes write(ChatRequest request) {
    return Json.write(json -> {
      json.writeStartObject();
      writeMembers(json, request);
      json.writeEndObject();
    });
  }

  /**
   * What the body does not say because the model that is asked does not take it, one sentence each
   * that begins with the field.
   */
  public static List<String> losses(ChatRequest request) {
    return ThinkingWriter.loss(request.model(), request.reasoning()).stream().toList();
  }

  /** The body of {@code countTokens}. */
  public static Bytes count(ChatRequest request) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeObjectPropertyStart("generateContentRequest");
      json.writeStringProperty("model", GeminiModel.resource(request.model()));
      writeMembers(json, request);
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  /** The body of {@code batchEmbedContents}, which takes at most 100 texts. */
  public static Bytes embed(EmbeddingRequest request) {
    String model = GeminiModel.resource(request.model());
    return Json.write(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("requests");
      for (String text : request.texts()) {
        json.writeStartObject();
        json.writeStringProperty("model", model);
        json.writeObjectPropertyStart("content");
        json.writeArrayPropertyStart("parts");
        json.writeStartObject();
        json.writeStringProperty("text", text);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        request
            .dimensions()
            .ifPresent(count -> json.writeNumberProperty("outputDimensionality", count));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void writeMembers(JsonGenerator json, ChatRequest request) {
    new ContentWriter(json, GeminiModel.hasLevels(request.model())).write(request.messages());
    writeTools(json, request.tools());
    writeConfig(json, request);
    request
        .wire()
        .flatMap(GeminiRequestWriter::cachedContent)
        .ifPresent(name -> json.writeStringProperty("cachedContent", name));
  }

  /** The cached content that a client's body names; absent when the member is no text. */
  public static Optional<String> cachedContent(Wire wire) {
    Member member = wire.members().get(CACHED_CONTENT);
    if (member == null) {
      return Optional.empty();
    }
    Bytes value = wire.body().slice(member.value().start(), member.value().end());
    try (JsonParser parser = Json.parser(value)) {
      parser.nextToken();
      return Optional.ofNullable(Fields.stringOrNull(parser));
    }
  }

  private static void writeTools(JsonGenerator json, Tools tools) {
    if (tools.tools().isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("tools");
    json.writeStartObject();
    json.writeArrayPropertyStart("functionDeclarations");
    tools.tools().forEach(tool -> writeTool(json, tool));
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    tools.choice().ifPresent(choice -> writeChoice(json, choice));
  }

  private static void writeTool(JsonGenerator json, Tool tool) {
    json.writeStartObject();
    json.writeStringProperty("name", tool.name());
    tool.description().ifPresent(text -> json.writeStringProperty("description", text));
    tool.parameters()
        .ifPresent(schema -> {
          json.writeName("parametersJsonSchema");
          Json.writeRaw(json, schema);
        });
    json.writeEndObject();
  }

  private static void writeChoice(JsonGenerator json, ToolChoice choice) {
    json.writeObjectPropertyStart("toolConfig");
    json.writeObjectPropertyStart("functionCallingConfig");
    switch (choice) {
      case ToolChoice.Auto() -> json.writeStringProperty("mode", "AUTO");
      case ToolChoice.Forbidden() -> json.writeStringProperty("mode", "NONE");
      case ToolChoice.Required() -> json.writeStringProperty("mode", "ANY");
      case ToolChoice.Named(String name) -> {
        json.writeStringProperty("mode", "ANY");
        json.writeArrayPropertyStart("allowedFunctionNames");
        json.writeString(name);
        json.writeEndArray();
      }
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeConfig(JsonGenerator json, ChatRequest request) {
    Bytes config =
        Json.write(inner -> {
          inner.writeStartObject();
          writeSampling(inner, request.sampling());
          writeFormat(inner, request.format());
          ThinkingWriter.write(inner, request.model(), request.reasoning());
          inner.writeEndObject();
        });
    if (config.length() > "{}".length()) {
      json.writeName("generationConfig");
      Json.writeRaw(json, config);
    }
  }

  private static void writeSampling(JsonGenerator json, Sampling sampling) {
    sampling.temperature().ifPresent(value -> json.writeNumberProperty("temperature", value));
    sampling.topP().ifPresent(value -> json.writeNumberProperty("topP", value));
    sampling.topK().ifPresent(value -> json.writeNumberProperty("topK", value));
    sampling
        .maxOutputTokens()
        .ifPresent(value ->
            json.writeNumberProperty("maxOutputTokens", Math.min(value, Integer.MAX_VALUE)));
    if (!sampling.stop().isEmpty()) {
      json.writeArrayPropertyStart("stopSequences");
      sampling.stop().forEach(json::writeString);
      json.writeEndArray();
    }
    sampling.seed().ifPresent(value -> json.writeNumberProperty("seed", seed(value)));
    sampling
        .choices()
        .filter(count -> count > 1)
        .ifPresent(count -> json.writeNumberProperty("candidateCount", count));
    sampling
        .presencePenalty()
        .ifPresent(value -> json.writeNumberProperty("presencePenalty", value));
    sampling
        .frequencyPenalty()
        .ifPresent(value -> json.writeNumberProperty("frequencyPenalty", value));
    sampling.logprobs().ifPresent(count -> writeLogprobs(json, count));
  }

  private static void writeLogprobs(JsonGenerator json, int count) {
    json.writeBooleanProperty("responseLogprobs", true);
    if (count > 0) {
      json.writeNumberProperty("logprobs", count);
    }
  }

  // It has 32 bits here.
  private static int seed(long seed) {
    return (int) seed == seed ? (int) seed : Long.hashCode(seed);
  }

  private static void writeFormat(JsonGenerator json, ResponseFormat format) {
    switch (format) {
      case ResponseFormat.Text() -> {}
      case ResponseFormat.JsonObject() ->
          json.writeStringProperty("responseMimeType", "application/json");
      case ResponseFormat.JsonSchema schema -> {
        json.writeStringProperty("responseMimeType", "application/json");
        json.writeName("responseJsonSchema");
        Json.writeRaw(json, schema.schema());
      }
    }
  }
}
