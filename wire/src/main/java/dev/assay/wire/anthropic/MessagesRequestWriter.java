package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Member;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import dev.assay.core.request.Tools;
import dev.assay.wire.json.Json;
import dev.assay.wire.json.Members;
import dev.assay.wire.json.Splice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the body of {@code POST /v1/messages} for a request that did not come in this format. A
 * request that did leaves as its own bytes, see {@link Splice}.
 *
 * <p>What has no form here is left out: seed, several choices, penalties, log probabilities, the
 * names of speakers and of schemas, the wish for some JSON object, and what {@code BlockWriter} and
 * {@code ThinkingWish} say. A schema is always enforced. A choice among no tools is no choice.
 */
public final class MessagesRequestWriter {
  private static final Bytes OBJECT = Bytes.utf8("\"object\"");
  private static final Bytes NO_PARAMETERS = Bytes.utf8("{\"type\":\"object\",\"properties\":{}}");

  private MessagesRequestWriter() {}

  /**
   * The body.
   *
   * @param defaultMaxTokens the cap on output tokens for a request that has none; the API insists
   *     on one
   */
  public static Bytes write(ChatRequest request, long defaultMaxTokens) {
    ThinkingWish thinking = ThinkingWish.of(request, defaultMaxTokens);
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("model", request.model());
      json.writeNumberProperty("max_tokens", thinking.maxTokens());
      writeInput(json, request, thinking);
      writeSampling(json, request.sampling());
      if (request.streaming().events()) {
        json.writeBooleanProperty("stream", true);
      }
      json.writeEndObject();
    });
  }

  /**
   * What the body does not say because the model that is asked does not take it, one sentence each
   * that begins with the field.
   *
   * @param defaultMaxTokens as for {@link #write}
   */
  public static List<String> losses(ChatRequest request, long defaultMaxTokens) {
    return ThinkingWish.of(request, defaultMaxTokens).loss().stream().toList();
  }

  /**
   * The body of {@code POST /v1/messages/count_tokens}, which says only what is put in.
   *
   * @param defaultMaxTokens as for {@link #write}; it decides how much thinking is asked for
   */
  public static Bytes writeCount(ChatRequest request, long defaultMaxTokens) {
    ThinkingWish thinking = ThinkingWish.of(request, defaultMaxTokens);
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("model", request.model());
      writeInput(json, request, thinking);
      json.writeEndObject();
    });
  }

  private static void writeInput(JsonGenerator json, ChatRequest request, ThinkingWish thinking) {
    TurnWriter.write(json, request.messages());
    if (!request.tools().tools().isEmpty()) {
      writeTools(json, request.tools());
    }
    thinking.writeMode(json);
    writeOutput(json, request.format(), thinking.effort());
  }

  private static void writeSampling(JsonGenerator json, Sampling sampling) {
    sampling.temperature().ifPresent(value -> json.writeNumberProperty("temperature", value));
    sampling.topP().ifPresent(value -> json.writeNumberProperty("top_p", value));
    sampling.topK().ifPresent(value -> json.writeNumberProperty("top_k", value));
    if (!sampling.stop().isEmpty()) {
      json.writeArrayPropertyStart("stop_sequences");
      sampling.stop().forEach(json::writeString);
      json.writeEndArray();
    }
  }

  private static void writeTools(JsonGenerator json, Tools tools) {
    json.writeArrayPropertyStart("tools");
    tools.tools().forEach(tool -> writeTool(json, tool));
    json.writeEndArray();
    boolean oneAtOnce = tools.parallel().filter(parallel -> !parallel).isPresent();
    // One at once can only be said with a choice; "auto" is the default.
    Optional<ToolChoice> choice =
        tools.choice().or(() -> oneAtOnce ? Optional.of(new ToolChoice.Auto()) : Optional.empty());
    choice.ifPresent(said -> writeChoice(json, said, tools.parallel()));
  }

  private static void writeTool(JsonGenerator json, Tool tool) {
    json.writeStartObject();
    json.writeStringProperty("name", tool.name());
    tool.description().ifPresent(text -> json.writeStringProperty("description", text));
    json.writeName("input_schema");
    Json.writeRaw(json, tool.parameters().map(MessagesRequestWriter::typed).orElse(NO_PARAMETERS));
    tool.strict().ifPresent(strict -> json.writeBooleanProperty("strict", strict));
    BlockWriter.writeCache(json, tool.cache());
    json.writeEndObject();
  }

  // Elsewhere a schema of arguments need not say that they are an object.
  private static Bytes typed(Bytes schema) {
    Optional<Map<String, Member>> members = Members.of(schema);
    return members.isPresent() && !members.get().containsKey("type")
        ? new Splice(schema, members.get()).set("type", OBJECT).apply()
        : schema;
  }

  private static void writeChoice(
      JsonGenerator json, ToolChoice choice, Optional<Boolean> parallel) {
    json.writeObjectPropertyStart("tool_choice");
    switch (choice) {
      case ToolChoice.Auto() -> json.writeStringProperty("type", "auto");
      case ToolChoice.Required() -> json.writeStringProperty("type", "any");
      case ToolChoice.Forbidden() -> json.writeStringProperty("type", "none");
      case ToolChoice.Named(String name) -> {
        json.writeStringProperty("type", "tool");
        json.writeStringProperty("name", name);
      }
    }
    if (!(choice instanceof ToolChoice.Forbidden)) {
      parallel.ifPresent(
          several -> json.writeBooleanProperty("disable_parallel_tool_use", !several));
    }
    json.writeEndObject();
  }

  private static void writeOutput(
      JsonGenerator json, ResponseFormat format, Optional<String> effort) {
    boolean schema = format instanceof ResponseFormat.JsonSchema;
    if (!schema && effort.isEmpty()) {
      return;
    }
    json.writeObjectPropertyStart("output_config");
    effort.ifPresent(word -> json.writeStringProperty("effort", word));
    switch (format) {
      case ResponseFormat.Text() -> {}
      case ResponseFormat.JsonObject() -> {}
      case ResponseFormat.JsonSchema asked -> {
        json.writeObjectPropertyStart("format");
        json.writeStringProperty("type", "json_schema");
        json.writeName("schema");
        Json.writeRaw(json, asked.schema());
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }
}
