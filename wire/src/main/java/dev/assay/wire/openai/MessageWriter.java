package dev.assay.wire.openai;

import dev.assay.core.request.CacheHint;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.Role;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the messages of a request. */
final class MessageWriter {
  private final JsonGenerator json;
  private final boolean extended;
  private final boolean signed;

  /**
   * A writer.
   *
   * @param fields which members the server takes
   */
  MessageWriter(JsonGenerator json, ChatFields fields) {
    this.json = json;
    this.extended = fields == ChatFields.EXTENDED;
    this.signed = fields == ChatFields.SIGNED;
  }

  /** Writes the member {@code messages}. */
  void write(List<Message> messages) {
    json.writeArrayPropertyStart("messages");
    for (Message message : messages) {
      writeMessage(message);
    }
    json.writeEndArray();
  }

  private void writeMessage(Message message) {
    List<Part> parts = message.parts();
    List<Part> others = new ArrayList<>(parts.size());
    // Here each tool result is a message of its own.
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Part.ToolResult result) {
        writeResult(result, hint(parts, i));
      } else if (!(parts.get(i) instanceof Part.CachePoint && afterResult(parts, i))) {
        others.add(parts.get(i));
      }
    }
    if (says(others) || parts.isEmpty()) {
      json.writeStartObject();
      json.writeStringProperty("role", role(message.role()));
      message.name().ifPresent(name -> json.writeStringProperty("name", name));
      if (extended) {
        writeReasoning(others);
      } else if (signed && others.stream().anyMatch(ReasoningParts::ofChat)) {
        writeSigned(others);
      }
      writeContent(others);
      writeToolCalls(json, others, extended);
      json.writeEndObject();
    }
  }

  // Without OpenRouter's fields reasoning has no place, and a message of nothing is refused.
  private boolean says(List<Part> parts) {
    return extended
        ? !parts.isEmpty()
        : parts.stream()
            .anyMatch(part ->
                (signed && ReasoningParts.ofChat(part))
                    || !(part instanceof Part.Reasoning || part instanceof Part.CachePoint));
  }

  private static boolean afterResult(List<Part> parts, int place) {
    return place > 0 && parts.get(place - 1) instanceof Part.ToolResult;
  }

  private static @Nullable CacheHint hint(List<Part> parts, int place) {
    return place + 1 < parts.size()
            && parts.get(place + 1) instanceof Part.CachePoint(CacheHint hint)
        ? hint
        : null;
  }

  private void writeResult(Part.ToolResult result, @Nullable CacheHint hint) {
    String text = Part.text(result.parts());
    json.writeStartObject();
    json.writeStringProperty("role", "tool");
    json.writeStringProperty("tool_call_id", result.callId());
    if (extended && hint != null) {
      json.writeArrayPropertyStart("content");
      writeText("text", text, hint);
      json.writeEndArray();
    } else {
      json.writeStringProperty("content", text);
    }
    json.writeEndObject();
  }

  private static String role(Role role) {
    return switch (role) {
      case SYSTEM -> "system";
      case USER -> "user";
      case ASSISTANT -> "assistant";
      case TOOL -> "tool";
    };
  }

  private void writeReasoning(List<Part> parts) {
    String text = ReasoningParts.text(parts);
    if (!text.isEmpty()) {
      json.writeStringProperty("reasoning_content", text);
    }
    List<Part.Reasoning> apart = ReasoningParts.apart(parts);
    if (apart.size() > 1 || ReasoningParts.signed(apart)) {
      ReasoningDetails.write(json, apart, false);
    }
  }

  private void writeSigned(List<Part> parts) {
    List<Part.Reasoning> own = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Reasoning reasoning && ReasoningParts.ofChat(part)) {
        own.add(reasoning);
      }
    }
    ReasoningDetails.write(json, own, false);
  }

  /** Writes a text as a string and anything more as an array. */
  private void writeContent(List<Part> parts) {
    List<Part> content = parts.stream().filter(this::isContent).toList();
    if (content.stream().allMatch(Part.CachePoint.class::isInstance)) {
      json.writeNullProperty("content");
    } else if (content.size() == 1 && content.getFirst() instanceof Part.Text(String text)) {
      json.writeStringProperty("content", text);
    } else {
      json.writeArrayPropertyStart("content");
      for (int i = 0; i < content.size(); i++) {
        writePart(content.get(i), hint(content, i));
      }
      json.writeEndArray();
    }
  }

  private boolean isContent(Part part) {
    return switch (part) {
      case Part.Text text -> true;
      case Part.ImageUrl image -> true;
      case Part.ImageData image -> true;
      case Part.DocumentData document -> true;
      case Part.Refusal refusal -> true;
      case Part.DocumentUrl document -> extended;
      case Part.CachePoint point -> extended;
      case Part.Opaque opaque -> opaque.format() == WireFormat.OPENAI_CHAT;
      case Part.ToolCall call -> false;
      case Part.ToolResult result -> false;
      case Part.Reasoning reasoning -> false;
      case Part.Logprobs logprobs -> false;
      case Part.Embedding embedding -> false;
      case Part.TokenCount count -> false;
    };
  }

  private void writePart(Part part, @Nullable CacheHint hint) {
    switch (part) {
      case Part.Text(String text) -> writeText("text", text, hint);
      case Part.Refusal(String text) -> writeText("refusal", text, hint);
      case Part.ImageUrl(String url, Optional<String> detail) -> writeImage(url, detail, hint);
      case Part.ImageData(String mediaType, String base64, Optional<String> detail) ->
          writeImage(dataUrl(mediaType, base64), detail, hint);
      case Part.DocumentData(String mediaType, String base64, Optional<String> name) ->
          writeFile(dataUrl(mediaType, base64), name.or(() -> nameOf(mediaType)), hint);
      case Part.DocumentUrl(String url, Optional<String> name) -> writeFile(url, name, hint);
      case Part.Opaque opaque -> Json.writeRaw(json, opaque.json());
      case Part.CachePoint point -> {}
      case Part.ToolCall call -> {}
      case Part.ToolResult result -> {}
      case Part.Reasoning reasoning -> {}
      case Part.Logprobs logprobs -> {}
      case Part.Embedding embedding -> {}
      case Part.TokenCount count -> {}
    }
  }

  private void writeText(String type, String text, @Nullable CacheHint hint) {
    json.writeStartObject();
    json.writeStringProperty("type", type);
    json.writeStringProperty(type, text);
    writeEnd(hint);
  }

  private void writeImage(String url, Optional<String> detail, @Nullable CacheHint hint) {
    json.writeStartObject();
    json.writeStringProperty("type", "image_url");
    json.writeObjectPropertyStart("image_url");
    json.writeStringProperty("url", url);
    detail.ifPresent(word -> json.writeStringProperty("detail", word));
    json.writeEndObject();
    writeEnd(hint);
  }

  private void writeFile(String data, Optional<String> name, @Nullable CacheHint hint) {
    json.writeStartObject();
    json.writeStringProperty("type", "file");
    json.writeObjectPropertyStart("file");
    name.ifPresent(text -> json.writeStringProperty("filename", text));
    json.writeStringProperty("file_data", data);
    json.writeEndObject();
    writeEnd(hint);
  }

  // OpenAI wants a file by value to have a name.
  private Optional<String> nameOf(String mediaType) {
    String extension = mediaType.equals("application/pdf") ? "pdf" : "txt";
    return extended ? Optional.empty() : Optional.of("document." + extension);
  }

  private static String dataUrl(String mediaType, String base64) {
    return "data:" + mediaType + ";base64," + base64;
  }

  private void writeEnd(@Nullable CacheHint hint) {
    if (hint != null) {
      CacheControl.write(json, hint);
    }
    json.writeEndObject();
  }

  /**
   * Writes the member {@code tool_calls} when there is one.
   *
   * @param signed whether Gemini's signatures are written with the calls
   */
  static void writeToolCalls(JsonGenerator json, List<Part> parts, boolean signed) {
    boolean any = false;
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Part.ToolCall call) {
        if (!any) {
          json.writeArrayPropertyStart("tool_calls");
          any = true;
        }
        json.writeStartObject();
        json.writeStringProperty("id", call.id());
        json.writeStringProperty("type", "function");
        json.writeObjectPropertyStart("function");
        json.writeStringProperty("name", call.name());
        json.writeStringProperty("arguments", call.arguments());
        json.writeEndObject();
        if (signed) {
          ReasoningParts.ofCall(parts, i)
              .ifPresent(signature -> ThoughtSignature.write(json, signature));
        }
        json.writeEndObject();
      }
    }
    if (any) {
      json.writeEndArray();
    }
  }
}
