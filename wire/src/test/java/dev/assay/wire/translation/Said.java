package dev.assay.wire.translation;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import dev.assay.core.request.Tools;
import dev.assay.core.request.WireFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request says, one line for each thing, so that two that say the same in different words of
 * one format are equal. Reasoning is not in it.
 */
final class Said {
  private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

  private final WireFormat target;
  private final long cap;
  private final List<String> lines = new ArrayList<>();

  private Said(WireFormat target, long cap) {
    this.target = target;
    this.cap = cap;
  }

  /**
   * What it says.
   *
   * @param cap the tokens for a request that caps none, where the format insists on a cap
   */
  static List<String> of(ChatRequest request, WireFormat target, long cap) {
    Said said = new Said(target, cap);
    request.messages().forEach(said::message);
    said.sampling(request.sampling());
    said.tools(request.tools());
    said.format(request.format());
    return said.lines;
  }

  // Neighbouring messages of one role may be one.
  private void message(Message message) {
    for (Part part : message.parts()) {
      lines.add("%s %s: %s".formatted(message.role(), message.name().orElse(""), normal(part)));
    }
  }

  private List<Part> normal(List<Part> parts) {
    return parts.stream().map(this::normal).toList();
  }

  // A tool's texts are one text in Chat Completions and Gemini, and OpenAI wants files to have
  // names.
  private Part normal(Part part) {
    return switch (part) {
      case Part.ToolCall(var id, var name, var arguments) ->
          new Part.ToolCall(id, name, JsonTree.compact(Bytes.utf8(arguments)));
      case Part.ToolResult(var id, var content, var failed) ->
          new Part.ToolResult(id, result(content), failed);
      case Part.DocumentData(var type, var base64, var name)
          when target == WireFormat.OPENAI_CHAT || target == WireFormat.OPENAI_RESPONSES ->
          new Part.DocumentData(
              type,
              base64,
              name.or(() ->
                  Optional.of("document." + (type.equals("application/pdf") ? "pdf" : "txt"))));
      default -> part;
    };
  }

  private List<Part> result(List<Part> content) {
    boolean empty = content.isEmpty() || content.equals(List.of(new Part.Text("")));
    boolean one = target == WireFormat.OPENAI_CHAT || target == WireFormat.GEMINI;
    if (!one && !empty) {
      return normal(content);
    }
    return target == WireFormat.ANTHROPIC_MESSAGES
        ? List.of()
        : List.of(new Part.Text(Part.text(content)));
  }

  // One choice and no penalty are the defaults, and Messages insists on a cap.
  private void sampling(Sampling asked) {
    boolean capped = target == WireFormat.ANTHROPIC_MESSAGES;
    lines.add("temperature " + asked.temperature());
    lines.add("top_p " + asked.topP());
    lines.add(
        "cap " + asked.maxOutputTokens().or(() -> capped ? Optional.of(cap) : Optional.empty()));
    lines.add("stop " + asked.stop());
    lines.add("seed " + asked.seed().map(this::seed));
    lines.add("choices " + asked.choices().orElse(1));
    lines.add("top_k " + asked.topK());
    lines.add("presence " + asked.presencePenalty().orElse(0.0));
    lines.add("frequency " + asked.frequencyPenalty().orElse(0.0));
    lines.add("logprobs " + asked.logprobs());
  }

  // Gemini's have 32 bits; the same one must always become the same one.
  private long seed(long seed) {
    return target == WireFormat.GEMINI && (int) seed != seed ? Long.hashCode(seed) : seed;
  }

  private void tools(Tools tools) {
    for (Tool tool : tools.tools()) {
      lines.add(
          "tool %s: %s, %s, strict %s, cached %s"
              .formatted(
                  tool.name(),
                  tool.description(),
                  parameters(tool.parameters()),
                  tool.strict().orElse(false),
                  tool.cache()));
    }
    // The choice is among tools, and whether several are called at once matters where any is.
    if (!tools.tools().isEmpty()) {
      ToolChoice choice = tools.choice().orElse(new ToolChoice.Auto());
      lines.add("choice " + choice);
      if (!(choice instanceof ToolChoice.Forbidden)) {
        lines.add("parallel " + tools.parallel().orElse(true));
      }
    }
  }

  // Messages insists on a schema that says it is of an object.
  private Optional<String> parameters(Optional<Bytes> schema) {
    if (target != WireFormat.ANTHROPIC_MESSAGES) {
      return schema.map(JsonTree::compact);
    }
    Map<Object, Object> members =
        new LinkedHashMap<>((Map<?, ?>) JsonTree.read(schema.orElse(Bytes.utf8(NO_PARAMETERS))));
    Object type = members.remove("type");
    return Optional.of((type == null ? "object" : type) + JsonTree.text(members));
  }

  private void format(ResponseFormat format) {
    boolean enforced = target == WireFormat.ANTHROPIC_MESSAGES || target == WireFormat.GEMINI;
    lines.add(
        switch (format) {
          case ResponseFormat.Text _ -> "text";
          case ResponseFormat.JsonObject _ -> "an object";
          case ResponseFormat.JsonSchema(var name, var schema, var strict) ->
              "%s %s strict %s".formatted(name, JsonTree.compact(schema), strict.orElse(enforced));
        });
  }
}
