package dev.assay.wire.anthropic;

import dev.assay.core.request.CacheHint;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/**
 * Writes content blocks of a request. Empty texts, which the API refuses, and parts that have no
 * form here are left out: among them reasoning without a signature of Anthropic's, which the API
 * refuses too. A refusal is text. A tool call's identifier keeps only the characters that the API
 * takes, in the call and in its result.
 */
final class BlockWriter {
  private static final Pattern REFUSED_IN_ID = Pattern.compile("[^a-zA-Z0-9_-]");

  private BlockWriter() {}

  /**
   * A part that becomes a block.
   *
   * @param part the part
   * @param cache the wish that everything up to here is kept in the cache
   */
  record Block(Part part, Optional<CacheHint> cache) {}

  /** The blocks that parts become; a cache point belongs to the block before it. */
  static List<Block> blocks(List<Part> parts) {
    List<Block> blocks = new ArrayList<>(parts.size());
    for (Part part : parts) {
      if (part instanceof Part.CachePoint(CacheHint hint)) {
        if (!blocks.isEmpty() && cacheable(blocks.getLast().part)) {
          blocks.add(new Block(blocks.removeLast().part, Optional.of(hint)));
        }
      } else if (sayable(part)) {
        blocks.add(new Block(part, Optional.empty()));
      }
    }
    return blocks;
  }

  private static boolean cacheable(Part part) {
    return !(part instanceof Part.Reasoning || part instanceof Part.Opaque);
  }

  private static boolean sayable(Part part) {
    return switch (part) {
      case Part.Text(String text) -> !text.isEmpty();
      case Part.Refusal(String text) -> !text.isEmpty();
      case Part.ImageUrl image -> true;
      case Part.ImageData image -> true;
      case Part.DocumentUrl document -> true;
      case Part.DocumentData document -> true;
      case Part.ToolCall call -> true;
      case Part.ToolResult result -> true;
      case Part.Reasoning reasoning -> reasoning.signature().filter(BlockWriter::own).isPresent();
      case Part.Opaque opaque -> opaque.format() == WireFormat.ANTHROPIC_MESSAGES;
      case Part.CachePoint point -> false;
      case Part.Logprobs logprobs -> false;
      case Part.Embedding embedding -> false;
      case Part.TokenCount count -> false;
    };
  }

  private static boolean own(Signature signature) {
    return signature.format() == WireFormat.ANTHROPIC_MESSAGES;
  }

  /** Writes content as a string when it is one text without a cache point, else as an array. */
  static void writeContent(JsonGenerator json, String member, List<Block> blocks) {
    if (blocks.size() == 1
        && blocks.getFirst() instanceof Block(Part.Text(String text), Optional<CacheHint> cache)
        && cache.isEmpty()) {
      json.writeStringProperty(member, text);
      return;
    }
    json.writeArrayPropertyStart(member);
    blocks.forEach(block -> write(json, block));
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Block block) {
    if (block.part instanceof Part.Opaque opaque) {
      Json.writeRaw(json, opaque.json());
      return;
    }
    json.writeStartObject();
    writeMembers(json, block.part);
    writeCache(json, block.cache);
    json.writeEndObject();
  }

  private static void writeMembers(JsonGenerator json, Part part) {
    switch (part) {
      case Part.Text(String text) -> writeText(json, text);
      case Part.Refusal(String text) -> writeText(json, text);
      case Part.ImageUrl(String url, Optional<String> detail) -> {
        json.writeStringProperty("type", "image");
        writeUrl(json, url);
      }
      case Part.ImageData(String mediaType, String base64, Optional<String> detail) -> {
        json.writeStringProperty("type", "image");
        writeSource(json, "base64", mediaType, base64);
      }
      case Part.DocumentUrl(String url, Optional<String> name) -> {
        json.writeStringProperty("type", "document");
        writeUrl(json, url);
        name.ifPresent(title -> json.writeStringProperty("title", title));
      }
      case Part.DocumentData document -> writeDocument(json, document);
      case Part.ToolCall call -> writeCall(json, call);
      case Part.ToolResult result -> writeResult(json, result);
      case Part.Reasoning(String text, Optional<Signature> signature) ->
          signature.ifPresent(proof -> writeReasoning(json, text, proof));
      case Part.Opaque opaque -> {}
      case Part.CachePoint point -> {}
      case Part.Logprobs logprobs -> {}
      case Part.Embedding embedding -> {}
      case Part.TokenCount count -> {}
    }
  }

  private static void writeText(JsonGenerator json, String text) {
    json.writeStringProperty("type", "text");
    json.writeStringProperty("text", text);
  }

  private static void writeUrl(JsonGenerator json, String url) {
    json.writeObjectPropertyStart("source");
    json.writeStringProperty("type", "url");
    json.writeStringProperty("url", url);
    json.writeEndObject();
  }

  private static void writeSource(JsonGenerator json, String type, String mediaType, String data) {
    json.writeObjectPropertyStart("source");
    json.writeStringProperty("type", type);
    json.writeStringProperty("media_type", mediaType);
    json.writeStringProperty("data", data);
    json.writeEndObject();
  }

  private static void writeDocument(JsonGenerator json, Part.DocumentData document) {
    json.writeStringProperty("type", "document");
    // The API takes every text as plain text, and nothing but PDF in base64.
    Optional<String> text =
        document.mediaType().startsWith("text/") ? decoded(document.base64()) : Optional.empty();
    if (text.isPresent()) {
      writeSource(json, "text", "text/plain", text.get());
    } else {
      writeSource(json, "base64", document.mediaType(), document.base64());
    }
    document.name().ifPresent(title -> json.writeStringProperty("title", title));
  }

  private static Optional<String> decoded(String base64) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(base64);
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static void writeCall(JsonGenerator json, Part.ToolCall call) {
    json.writeStringProperty("type", "tool_use");
    json.writeStringProperty("id", id(call.id()));
    json.writeStringProperty("name", call.name());
    ToolInput.write(json, call.arguments());
  }

  private static void writeResult(JsonGenerator json, Part.ToolResult result) {
    json.writeStringProperty("type", "tool_result");
    json.writeStringProperty("tool_use_id", id(result.callId()));
    List<Block> content = blocks(result.parts());
    if (!content.isEmpty()) {
      writeContent(json, "content", content);
    }
    if (result.failed()) {
      json.writeBooleanProperty("is_error", true);
    }
  }

  private static String id(String id) {
    return id.isEmpty() ? "_" : REFUSED_IN_ID.matcher(id).replaceAll("_");
  }

  private static void writeReasoning(JsonGenerator json, String text, Signature signature) {
    switch (signature.kind()) {
      case SIGNATURE -> {
        json.writeStringProperty("type", "thinking");
        json.writeStringProperty("thinking", text);
        json.writeStringProperty("signature", signature.value());
      }
      case ENCRYPTED -> {
        json.writeStringProperty("type", "redacted_thinking");
        json.writeStringProperty("data", signature.value());
      }
    }
  }

  /** Writes the member {@code cache_control} when there is a wish. */
  static void writeCache(JsonGenerator json, Optional<CacheHint> cache) {
    cache.ifPresent(hint -> {
      json.writeObjectPropertyStart("cache_control");
      json.writeStringProperty("type", "ephemeral");
      hint.ttl().ifPresent(ttl -> json.writeStringProperty("ttl", ttl));
      json.writeEndObject();
    });
  }
}
