package dev.assay.wire.openai;

import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.Role;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes messages. */
final class MessageWriter {
  private MessageWriter() {}

  /** Writes the member {@code messages}. */
  static void write(JsonGenerator json, List<Message> messages) {
    json.writeArrayPropertyStart("messages");
    for (Message message : messages) {
      writeMessage(json, message);
    }
    json.writeEndArray();
  }

  private static void writeMessage(JsonGenerator json, Message message) {
    boolean onlyResults = !message.parts().isEmpty();
    // Here each tool result is a message of its own.
    for (Part part : message.parts()) {
      if (part instanceof Part.ToolResult result) {
        writeResult(json, result);
      } else {
        onlyResults = false;
      }
    }
    if (!onlyResults) {
      json.writeStartObject();
      json.writeStringProperty("role", role(message.role()));
      message.name().ifPresent(name -> json.writeStringProperty("name", name));
      writeContent(json, message.parts());
      writeToolCalls(json, message.parts());
      json.writeEndObject();
    }
  }

  private static void writeResult(JsonGenerator json, Part.ToolResult result) {
    json.writeStartObject();
    json.writeStringProperty("role", "tool");
    json.writeStringProperty("tool_call_id", result.callId());
    json.writeStringProperty("content", Part.text(result.parts()));
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

  /** Writes a text as a string and anything more as an array. */
  private static void writeContent(JsonGenerator json, List<Part> parts) {
    List<Part> content = parts.stream().filter(MessageWriter::isContent).toList();
    if (content.isEmpty()) {
      json.writeNullProperty("content");
    } else if (content.size() == 1 && content.getFirst() instanceof Part.Text(String text)) {
      json.writeStringProperty("content", text);
    } else {
      json.writeArrayPropertyStart("content");
      content.forEach(part -> writePart(json, part));
      json.writeEndArray();
    }
  }

  private static boolean isContent(Part part) {
    return switch (part) {
      case Part.Text text -> true;
      case Part.ImageUrl image -> true;
      case Part.ImageData image -> true;
      case Part.Refusal refusal -> true;
      case Part.Opaque opaque -> opaque.format() == WireFormat.OPENAI_CHAT;
      case Part.ToolCall call -> false;
      case Part.ToolResult result -> false;
      case Part.Reasoning reasoning -> false;
      case Part.DocumentUrl document -> false;
      case Part.DocumentData document -> false;
      case Part.CachePoint point -> false;
      case Part.Logprobs logprobs -> false;
      case Part.Embedding embedding -> false;
      case Part.TokenCount count -> false;
    };
  }

  private static void writePart(JsonGenerator json, Part part) {
    switch (part) {
      case Part.Text(String text) -> writeText(json, "text", text);
      case Part.Refusal(String text) -> writeText(json, "refusal", text);
      case Part.ImageUrl(String url, Optional<String> detail) -> writeImage(json, url, detail);
      case Part.ImageData(String mediaType, String base64, Optional<String> detail) ->
          writeImage(json, "data:" + mediaType + ";base64," + base64, detail);
      case Part.Opaque opaque -> Json.writeRaw(json, opaque.json());
      case Part.ToolCall call -> {}
      case Part.ToolResult result -> {}
      case Part.Reasoning reasoning -> {}
      case Part.DocumentUrl document -> {}
      case Part.DocumentData document -> {}
      case Part.CachePoint point -> {}
      case Part.Logprobs logprobs -> {}
      case Part.Embedding embedding -> {}
      case Part.TokenCount count -> {}
    }
  }

  private static void writeText(JsonGenerator json, String type, String text) {
    json.writeStartObject();
    json.writeStringProperty("type", type);
    json.writeStringProperty(type, text);
    json.writeEndObject();
  }

  private static void writeImage(JsonGenerator json, String url, Optional<String> detail) {
    json.writeStartObject();
    json.writeStringProperty("type", "image_url");
    json.writeObjectPropertyStart("image_url");
    json.writeStringProperty("url", url);
    detail.ifPresent(word -> json.writeStringProperty("detail", word));
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Writes the member {@code tool_calls} when there is one. */
  static void writeToolCalls(JsonGenerator json, List<Part> parts) {
    List<Part.ToolCall> calls =
        parts.stream()
            .filter(Part.ToolCall.class::isInstance)
            .map(Part.ToolCall.class::cast)
            .toList();
    if (calls.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("tool_calls");
    for (Part.ToolCall call : calls) {
      json.writeStartObject();
      json.writeStringProperty("id", call.id());
      json.writeStringProperty("type", "function");
      json.writeObjectPropertyStart("function");
      json.writeStringProperty("name", call.name());
      json.writeStringProperty("arguments", call.arguments());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
