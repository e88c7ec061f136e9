package dev.assay.wire.anthropic;

import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.SignatureText;
import dev.assay.wire.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the content blocks of an answer. A refusal is text; signatures of other formats are
 * tagged, so that they find their way back; parts that have no form here are left out.
 */
final class AnswerBlockWriter {
  private AnswerBlockWriter() {}

  /** Writes the member {@code content}. */
  static void write(JsonGenerator json, List<Part> parts) {
    json.writeArrayPropertyStart("content");
    parts.forEach(part -> write(json, part));
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Part part) {
    switch (part) {
      case Part.Text(String text) -> writeText(json, text);
      case Part.Refusal(String text) -> writeText(json, text);
      case Part.Reasoning reasoning -> writeReasoning(json, reasoning);
      case Part.ToolCall call -> writeCall(json, call);
      case Part.Opaque opaque -> {
        if (opaque.format() == WireFormat.ANTHROPIC_MESSAGES) {
          Json.writeRaw(json, opaque.json());
        }
      }
      case Part.ImageUrl image -> {}
      case Part.ImageData image -> {}
      case Part.DocumentUrl document -> {}
      case Part.DocumentData document -> {}
      case Part.ToolResult result -> {}
      case Part.CachePoint point -> {}
      case Part.Logprobs logprobs -> {}
      case Part.Embedding embedding -> {}
      case Part.TokenCount count -> {}
    }
  }

  private static void writeText(JsonGenerator json, String text) {
    if (!text.isEmpty()) {
      json.writeStartObject();
      json.writeStringProperty("type", "text");
      json.writeStringProperty("text", text);
      json.writeEndObject();
    }
  }

  private static void writeReasoning(JsonGenerator json, Part.Reasoning reasoning) {
    Optional<Signature> signature = reasoning.signature();
    if (signature.isPresent() && standsAlone(signature.get(), reasoning.text().isEmpty())) {
      json.writeStartObject();
      writeRedacted(json, signature.get());
      json.writeEndObject();
      return;
    }
    json.writeStartObject();
    json.writeStringProperty("type", "thinking");
    json.writeStringProperty("thinking", reasoning.text());
    // The clients insist on it.
    json.writeStringProperty("signature", signature.map(AnswerBlockWriter::text).orElse(""));
    json.writeEndObject();
  }

  /**
   * Whether a signature is a block of its own.
   *
   * @param noText whether there is no readable reasoning before it
   */
  static boolean standsAlone(Signature signature, boolean noText) {
    return signature.kind() == Signature.Kind.ENCRYPTED
        && (noText || signature.format() == WireFormat.ANTHROPIC_MESSAGES);
  }

  /** Writes the members of a block of encrypted thinking. */
  static void writeRedacted(JsonGenerator json, Signature signature) {
    json.writeStringProperty("type", "redacted_thinking");
    json.writeStringProperty("data", text(signature));
  }

  /** The text of a signature. */
  static String text(Signature signature) {
    return SignatureText.write(signature, WireFormat.ANTHROPIC_MESSAGES);
  }

  private static void writeCall(JsonGenerator json, Part.ToolCall call) {
    json.writeStartObject();
    json.writeStringProperty("type", "tool_use");
    json.writeStringProperty("id", call.id());
    json.writeStringProperty("name", call.name());
    ToolInput.write(json, call.arguments());
    json.writeEndObject();
  }
}
