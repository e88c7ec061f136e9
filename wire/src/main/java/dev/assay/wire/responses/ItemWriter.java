package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.Role;
import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * Writes messages as the items of a request. What has no form here is left out: reasoning that this
 * API did not encrypt, speakers' names, cache points, and opaque parts of other formats.
 */
final class ItemWriter {
  private ItemWriter() {}

  /** Writes the items of a message. */
  static void write(JsonGenerator json, Message message) {
    List<Part> said = new ArrayList<>();
    for (Part part : message.parts()) {
      if (isContent(part)) {
        said.add(part);
      } else if (isItem(part)) {
        writeMessage(json, message.role(), said);
        said.clear();
        writeItem(json, part);
      }
    }
    writeMessage(json, message.role(), said);
  }

  /** Whether a part stands in the content of a message. */
  private static boolean isContent(Part part) {
    return switch (part) {
      case Part.Text text -> true;
      case Part.Refusal refusal -> true;
      case Part.ImageUrl image -> true;
      case Part.ImageData image -> true;
      case Part.DocumentUrl document -> true;
      case Part.DocumentData document -> true;
      case Part.Opaque opaque -> ours(opaque) && ItemTypes.isContent(ItemTypes.of(opaque.json()));
      case Part.ToolCall call -> false;
      case Part.ToolResult result -> false;
      case Part.Reasoning reasoning -> false;
      case Part.CachePoint point -> false;
      case Part.Logprobs logprobs -> false;
      case Part.Embedding embedding -> false;
      case Part.TokenCount count -> false;
    };
  }

  private static boolean isItem(Part part) {
    return switch (part) {
      case Part.ToolCall call -> true;
      case Part.ToolResult result -> true;
      case Part.Reasoning reasoning -> encrypted(reasoning).isPresent();
      case Part.Opaque opaque -> ours(opaque);
      default -> false;
    };
  }

  private static boolean ours(Part.Opaque opaque) {
    return opaque.format() == WireFormat.OPENAI_RESPONSES;
  }

  /** What this API wants back with reasoning: without it the item is refused. */
  static Optional<Signature> encrypted(Part.Reasoning reasoning) {
    return reasoning
        .signature()
        .filter(signature -> signature.format() == WireFormat.OPENAI_RESPONSES);
  }

  private static void writeItem(JsonGenerator json, Part part) {
    switch (part) {
      case Part.ToolCall(String id, String name, String arguments) -> {
        json.writeStartObject();
        json.writeStringProperty("type", "function_call");
        json.writeStringProperty("call_id", id);
        json.writeStringProperty("name", name);
        json.writeStringProperty("arguments", arguments);
        json.writeEndObject();
      }
      case Part.ToolResult result -> writeResult(json, result);
      case Part.Reasoning reasoning ->
          encrypted(reasoning).ifPresent(signature -> writeReasoning(json, reasoning, signature));
      case Part.Opaque opaque -> Json.writeRaw(json, opaque.json());
      default -> {}
    }
  }

  private static void writeResult(JsonGenerator json, Part.ToolResult result) {
    json.writeStartObject();
    json.writeStringProperty("type", "function_call_output");
    json.writeStringProperty("call_id", result.callId());
    List<Part> parts = result.parts().stream().filter(ItemWriter::isContent).toList();
    if (parts.stream().allMatch(Part.Text.class::isInstance) && parts.size() <= 1) {
      json.writeStringProperty("output", Part.text(parts));
    } else {
      json.writeArrayPropertyStart("output");
      parts.forEach(part -> writeContent(json, Role.TOOL, part));
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeReasoning(
      JsonGenerator json, Part.Reasoning reasoning, Signature signature) {
    json.writeStartObject();
    json.writeStringProperty("type", "reasoning");
    signature.id().ifPresent(id -> json.writeStringProperty("id", id));
    json.writeArrayPropertyStart("summary");
    if (!reasoning.text().isEmpty()) {
      writeText(json, "summary_text", "text", reasoning.text());
    }
    json.writeEndArray();
    json.writeStringProperty("encrypted_content", signature.value());
    json.writeEndObject();
  }

  private static void writeMessage(JsonGenerator json, Role role, List<Part> parts) {
    if (parts.isEmpty()) {
      return;
    }
    json.writeStartObject();
    json.writeStringProperty("type", "message");
    json.writeStringProperty("role", role(role));
    boolean plain = parts.size() == 1 && role != Role.ASSISTANT;
    if (plain && parts.getFirst() instanceof Part.Text(String text)) {
      json.writeStringProperty("content", text);
    } else {
      json.writeArrayPropertyStart("content");
      parts.forEach(part -> writeContent(json, role, part));
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  // Text beside a tool's results has no role of its own here.
  private static String role(Role role) {
    return switch (role) {
      case SYSTEM -> "system";
      case USER, TOOL -> "user";
      case ASSISTANT -> "assistant";
    };
  }

  private static void writeContent(JsonGenerator json, Role role, Part part) {
    switch (part) {
      case Part.Text(String text) ->
          writeText(json, role == Role.ASSISTANT ? "output_text" : "input_text", "text", text);
      case Part.Refusal(String text) -> writeText(json, "refusal", "refusal", text);
      case Part.ImageUrl(String url, Optional<String> detail) -> writeImage(json, url, detail);
      case Part.ImageData(String mediaType, String base64, Optional<String> detail) ->
          writeImage(json, new DataUrl(mediaType, base64).text(), detail);
      case Part.DocumentUrl(String url, Optional<String> name) -> {
        startFile(json);
        json.writeStringProperty("file_url", url);
        json.writeEndObject();
      }
      case Part.DocumentData document -> writeDocument(json, document);
      case Part.Opaque(WireFormat format, Bytes text) -> Json.writeRaw(json, text);
      default -> {}
    }
  }

  private static void writeText(JsonGenerator json, String type, String member, String text) {
    json.writeStartObject();
    json.writeStringProperty("type", type);
    json.writeStringProperty(member, text);
    json.writeEndObject();
  }

  private static void writeImage(JsonGenerator json, String url, Optional<String> detail) {
    json.writeStartObject();
    json.writeStringProperty("type", "input_image");
    json.writeStringProperty("image_url", url);
    detail.ifPresent(word -> json.writeStringProperty("detail", word));
    json.writeEndObject();
  }

  private static void startFile(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("type", "input_file");
  }

  // The API refuses bytes without a name.
  private static void writeDocument(JsonGenerator json, Part.DocumentData document) {
    startFile(json);
    json.writeStringProperty("filename", document.name().orElseGet(() -> fileName(document)));
    json.writeStringProperty(
        "file_data", new DataUrl(document.mediaType(), document.base64()).text());
    json.writeEndObject();
  }

  private static String fileName(Part.DocumentData document) {
    return switch (document.mediaType()) {
      case "application/pdf" -> "document.pdf";
      case "text/plain" -> "document.txt";
      default -> "document";
    };
  }
}
