package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.json.Fields;
import dev.assay.wire.openai.UsageReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a response object, whole or as an event carries it. Lenient. For one thread. */
final class ResponseReader {
  private final JsonParser parser;
  private final Bytes text;

  private @Nullable String id;
  private @Nullable String model;
  private @Nullable String status;
  private @Nullable String incomplete;
  private @Nullable Usage usage;
  private @Nullable ApiError error;
  private @Nullable List<Part> output;

  /** A reader of the object that a parser over the text stands at the beginning of. */
  ResponseReader(JsonParser parser, Bytes text) {
    this.parser = parser;
    this.text = text;
  }

  void read() {
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "id" -> id = Fields.stringOrNull(parser);
        case "model" -> model = Fields.stringOrNull(parser);
        case "status" -> status = Fields.stringOrNull(parser);
        case "incomplete_details" -> readIncomplete();
        case "usage" -> usage = UsageReader.read(parser);
        case "error" -> error = Fields.isNull(parser) ? null : ErrorFields.read(parser);
        case "output" -> readOutput();
        default -> parser.skipChildren();
      }
    }
  }

  private void readIncomplete() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      if (field.equals("reason")) {
        incomplete = Fields.stringOrNull(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readOutput() {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    List<Part> parts = new ArrayList<>();
    ItemReader items = new ItemReader(parser, text);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      parts.addAll(items.item().parts());
    }
    output = parts;
  }

  @Nullable String id() {
    return id;
  }

  @Nullable String model() {
    return model;
  }

  /** What it says of its state, such as {@code completed}. */
  @Nullable String status() {
    return status;
  }

  /** The usage; null when it says nothing of it. */
  @Nullable Usage usage() {
    return usage;
  }

  @Nullable ApiError error() {
    return error;
  }

  /** What it says; null when it has no output at all. */
  @Nullable List<Part> output() {
    return output;
  }

  /** Why it ended, for an answer of these parts. */
  FinishReason finish(List<Part> parts) {
    return switch (incomplete) {
      case "max_output_tokens" -> FinishReason.LENGTH;
      case "content_filter" -> FinishReason.CONTENT_FILTER;
      case null -> "incomplete".equals(status) ? FinishReason.OTHER : finished(parts);
      default -> FinishReason.OTHER;
    };
  }

  // On this wire tool calls and refusals show only in what was said.
  private static FinishReason finished(List<Part> parts) {
    if (parts.stream().anyMatch(Part.ToolCall.class::isInstance)) {
      return FinishReason.TOOL_CALLS;
    }
    return parts.stream().anyMatch(Part.Refusal.class::isInstance)
        ? FinishReason.REFUSAL
        : FinishReason.STOP;
  }

  /** The error of a response that failed. */
  ApiError failure() {
    return error != null
        ? error
        : new ApiError(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty());
  }
}
