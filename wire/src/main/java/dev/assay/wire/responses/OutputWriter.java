package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Part;
import dev.assay.core.request.TokenLogprob;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.SignatureText;
import dev.assay.wire.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes the items of an answer. */
final class OutputWriter {
  private OutputWriter() {}

  /**
   * The parts of an answer, item by item: text, its log probabilities and refusals that follow each
   * other are one message. Parts that have no form here are left out.
   */
  static List<List<Part>> items(List<Part> parts) {
    List<List<Part>> items = new ArrayList<>();
    boolean message = false;
    for (Part part : parts) {
      boolean said = isSaid(part);
      if (said && message) {
        items.getLast().add(part);
      } else if (said || isItem(part)) {
        items.add(new ArrayList<>(List.of(part)));
        message = said;
      }
    }
    return items;
  }

  private static boolean isSaid(Part part) {
    return part instanceof Part.Text
        || part instanceof Part.Logprobs
        || part instanceof Part.Refusal;
  }

  private static boolean isItem(Part part) {
    return part instanceof Part.Reasoning
        || part instanceof Part.ToolCall
        || (part instanceof Part.Opaque opaque && opaque.format() == WireFormat.OPENAI_RESPONSES);
  }

  /**
   * Writes an item.
   *
   * @param ids gives items their identifiers
   * @param status such as {@code completed}
   */
  static void write(JsonGenerator json, ItemIds ids, int index, List<Part> item, String status) {
    switch (item.getFirst()) {
      case Part.Reasoning reasoning -> writeReasoning(json, ids.reasoning(index), reasoning);
      case Part.ToolCall call -> writeCall(json, ids.call(index), call, status);
      case Part.Opaque opaque -> Json.writeRaw(json, opaque.json());
      default -> writeMessage(json, ids.message(index), item, status);
    }
  }

  static void writeMessage(JsonGenerator json, String id, List<Part> parts, String status) {
    json.writeStartObject();
    json.writeStringProperty("id", id);
    json.writeStringProperty("type", "message");
    json.writeStringProperty("status", status);
    json.writeArrayPropertyStart("content");
    for (int i = 0; i < parts.size(); i++) {
      List<TokenLogprob> logprobs =
          i + 1 < parts.size() && parts.get(i + 1) instanceof Part.Logprobs next
              ? next.tokens()
              : List.of();
      switch (parts.get(i)) {
        case Part.Text(String text) -> writeText(json, text, logprobs);
        case Part.Refusal(String text) -> writeRefusal(json, text);
        default -> {}
      }
    }
    json.writeEndArray();
    json.writeStringProperty("role", "assistant");
    json.writeEndObject();
  }

  static void writeText(JsonGenerator json, String text, List<TokenLogprob> logprobs) {
    json.writeStartObject();
    json.writeStringProperty("type", "output_text");
    json.writeArrayPropertyStart("annotations");
    json.writeEndArray();
    writeLogprobs(json, logprobs);
    json.writeStringProperty("text", text);
    json.writeEndObject();
  }

  static void writeRefusal(JsonGenerator json, String text) {
    json.writeStartObject();
    json.writeStringProperty("type", "refusal");
    json.writeStringProperty("refusal", text);
    json.writeEndObject();
  }

  /** Writes the member {@code logprobs}. */
  static void writeLogprobs(JsonGenerator json, List<TokenLogprob> logprobs) {
    json.writeArrayPropertyStart("logprobs");
    for (TokenLogprob token : logprobs) {
      json.writeStartObject();
      writeToken(json, token);
      json.writeArrayPropertyStart("top_logprobs");
      for (TokenLogprob other : token.top()) {
        json.writeStartObject();
        writeToken(json, other);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeToken(JsonGenerator json, TokenLogprob token) {
    json.writeStringProperty("token", token.token());
    json.writeNumberProperty("logprob", token.logprob());
    json.writeArrayPropertyStart("bytes");
    Bytes bytes = token.bytes().orElse(Bytes.EMPTY);
    for (int i = 0; i < bytes.length(); i++) {
      json.writeNumber(Byte.toUnsignedInt(bytes.at(i)));
    }
    json.writeEndArray();
  }

  static void writeReasoning(JsonGenerator json, String id, Part.Reasoning reasoning) {
    json.writeStartObject();
    json.writeStringProperty("id", id);
    json.writeStringProperty("type", "reasoning");
    json.writeArrayPropertyStart("summary");
    if (!reasoning.text().isEmpty()) {
      writeSummary(json, reasoning.text());
    }
    json.writeEndArray();
    reasoning
        .signature()
        .map(signature -> SignatureText.write(signature, WireFormat.OPENAI_RESPONSES))
        .ifPresent(text -> json.writeStringProperty("encrypted_content", text));
    json.writeEndObject();
  }

  static void writeSummary(JsonGenerator json, String text) {
    json.writeStartObject();
    json.writeStringProperty("type", "summary_text");
    json.writeStringProperty("text", text);
    json.writeEndObject();
  }

  static void writeCall(JsonGenerator json, String id, Part.ToolCall call, String status) {
    json.writeStartObject();
    json.writeStringProperty("id", id);
    json.writeStringProperty("type", "function_call");
    json.writeStringProperty("status", status);
    json.writeStringProperty("arguments", call.arguments());
    json.writeStringProperty("call_id", call.id());
    json.writeStringProperty("name", call.name());
    json.writeEndObject();
  }
}
