package dev.assay.wire.translation;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Role;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Signature;
import dev.assay.core.request.Streaming;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import dev.assay.core.request.Tools;
import dev.assay.core.request.WireFormat;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a body of {@code generateContent} as Google describes it, which no door does. A member that
 * is not known here fails.
 */
final class GeminiRequestJson {
  private static final String UNSIGNED = "skip_thought_signature_validator";

  private final List<Message> messages = new ArrayList<>();
  private String thought = "";

  private GeminiRequestJson() {}

  /** The request; its model is not in the body. */
  static ChatRequest read(Bytes body) {
    return new GeminiRequestJson().request(new JsonMembers(JsonTree.read(body)));
  }

  private ChatRequest request(JsonMembers body) {
    body.object("systemInstruction")
        .ifPresent(content -> {
          parts(content, Role.SYSTEM);
          content.end();
        });
    body.objects("contents")
        .forEach(content -> {
          parts(
              content,
              content.text("role").orElseThrow().equals("model") ? Role.ASSISTANT : Role.USER);
          content.end();
        });
    Tools tools = tools(body);
    JsonMembers config = body.object("generationConfig").orElseGet(() -> new JsonMembers(Map.of()));
    Sampling sampling = sampling(config);
    ResponseFormat format = format(config);
    ReasoningSetting reasoning =
        config
            .object("thinkingConfig")
            .map(GeminiRequestJson::reasoning)
            .orElse(ReasoningSetting.DEFAULT);
    config.end();
    body.end();
    return new ChatRequest(
        "m", messages, sampling, tools, format, reasoning, Streaming.NONE, Optional.empty());
  }

  private void add(Role role, Part part) {
    messages.add(new Message(role, List.of(part), Optional.empty()));
  }

  private void parts(JsonMembers content, Role role) {
    for (JsonMembers part : content.objects("parts")) {
      Optional<String> signature =
          part.text("thoughtSignature").filter(said -> !said.equals(UNSIGNED));
      if (part.bool("thought").orElse(false)) {
        thought += part.text("text").orElseThrow();
      } else {
        signature.ifPresent(value -> {
          add(
              role,
              new Part.Reasoning(
                  thought,
                  Optional.of(
                      new Signature(
                          WireFormat.GEMINI, Signature.Kind.SIGNATURE, value, Optional.empty()))));
          thought = "";
        });
        part.text("text")
            .filter(text -> !text.isEmpty() || signature.isEmpty())
            .ifPresent(text -> add(role, new Part.Text(text)));
        part.object("inlineData").ifPresent(data -> add(role, data(data)));
        part.object("fileData").ifPresent(file -> add(role, file(file)));
        part.object("functionCall").ifPresent(call -> add(role, call(call)));
        part.object("functionResponse").ifPresent(result -> add(Role.TOOL, result(result)));
      }
      part.end();
    }
  }

  private static Part data(JsonMembers data) {
    String type = data.text("mimeType").orElseThrow();
    String base64 = data.text("data").orElseThrow();
    data.end();
    return type.startsWith("image/")
        ? new Part.ImageData(type, base64, Optional.empty())
        : new Part.DocumentData(type, base64, Optional.empty());
  }

  private static Part file(JsonMembers file) {
    String type = file.text("mimeType").orElseThrow();
    String url = file.text("fileUri").orElseThrow();
    file.end();
    return type.startsWith("image/")
        ? new Part.ImageUrl(url, Optional.empty())
        : new Part.DocumentUrl(url, Optional.empty());
  }

  private static Part call(JsonMembers call) {
    Part read =
        new Part.ToolCall(
            call.text("id").orElseThrow(),
            call.text("name").orElseThrow(),
            call.raw("args").orElseThrow());
    call.end();
    return read;
  }

  private Part result(JsonMembers result) {
    String id = result.text("id").orElseThrow();
    String name = result.text("name").orElseThrow();
    boolean called =
        messages.stream()
            .flatMap(message -> message.parts().stream())
            .anyMatch(part ->
                part instanceof Part.ToolCall call
                    && call.id().equals(id)
                    && call.name().equals(name));
    if (!called) {
      throw new IllegalArgumentException("a result of no call: " + id);
    }
    JsonMembers response = result.object("response").orElseThrow();
    Optional<String> error = response.text("error");
    String said = error.or(() -> response.text("output")).orElseThrow();
    response.end();
    result.end();
    return new Part.ToolResult(id, List.of(new Part.Text(said)), error.isPresent());
  }

  private static Tools tools(JsonMembers body) {
    List<Tool> tools = new ArrayList<>();
    for (JsonMembers group : body.objects("tools")) {
      for (JsonMembers tool : group.objects("functionDeclarations")) {
        tools.add(
            new Tool(
                tool.text("name").orElseThrow(),
                tool.text("description"),
                tool.raw("parametersJsonSchema").map(Bytes::utf8),
                Optional.empty()));
        tool.end();
      }
      group.end();
    }
    Optional<ToolChoice> choice =
        body.object("toolConfig")
            .map(config -> {
              JsonMembers calling = config.object("functionCallingConfig").orElseThrow();
              String mode = calling.text("mode").orElseThrow();
              List<String> allowed = calling.texts("allowedFunctionNames");
              calling.end();
              config.end();
              return switch (mode) {
                case "AUTO" -> new ToolChoice.Auto();
                case "NONE" -> new ToolChoice.Forbidden();
                case "ANY" ->
                    allowed.isEmpty()
                        ? new ToolChoice.Required()
                        : new ToolChoice.Named(allowed.getFirst());
                default -> throw new IllegalArgumentException(mode);
              };
            });
    return new Tools(tools, choice, Optional.empty());
  }

  private static Sampling sampling(JsonMembers config) {
    boolean logprobs = config.bool("responseLogprobs").orElse(false);
    Optional<Integer> drawn = config.number("logprobs").map(BigDecimal::intValueExact);
    return new Sampling(
        config.number("temperature").map(BigDecimal::doubleValue),
        config.number("topP").map(BigDecimal::doubleValue),
        config.number("maxOutputTokens").map(number -> (long) number.intValueExact()),
        config.texts("stopSequences"),
        config.number("seed").map(number -> (long) number.intValueExact()),
        config.number("candidateCount").map(BigDecimal::intValueExact),
        config.number("topK").map(BigDecimal::intValueExact),
        config.number("presencePenalty").map(BigDecimal::doubleValue),
        config.number("frequencyPenalty").map(BigDecimal::doubleValue),
        logprobs ? drawn.or(() -> Optional.of(0)) : drawn);
  }

  private static ResponseFormat format(JsonMembers config) {
    Optional<String> type = config.text("responseMimeType");
    Optional<String> schema = config.raw("responseJsonSchema");
    if (type.isEmpty()) {
      return new ResponseFormat.Text();
    }
    return schema.isPresent()
        ? new ResponseFormat.JsonSchema("response", Bytes.utf8(schema.get()), Optional.of(true))
        : new ResponseFormat.JsonObject();
  }

  private static ReasoningSetting reasoning(JsonMembers thinking) {
    Optional<Long> budget = thinking.number("thinkingBudget").map(BigDecimal::longValueExact);
    Optional<String> level = thinking.text("thinkingLevel");
    thinking.bool("includeThoughts");
    thinking.end();
    return new ReasoningSetting(level, budget);
  }
}
