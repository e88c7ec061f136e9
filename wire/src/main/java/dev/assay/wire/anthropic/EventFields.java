package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.json.Fields;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one event of a stream. Lenient. For one thread. */
final class EventFields {
  private static final ApiError NOTHING_SAID =
      new ApiError(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty());

  private final JsonParser parser;
  private final Bytes data;
  private final UsageCount usage;

  private @Nullable String type;
  private @Nullable String id;
  private @Nullable String model;
  private long index;
  private @Nullable BlockFields block;
  private @Nullable BlockFields delta;
  private boolean anyUsage;
  private @Nullable MessagesErrorReader error;

  /**
   * A reader of the event that the parser stands at the beginning of.
   *
   * @param usage takes the usage that it tells
   */
  EventFields(JsonParser parser, Bytes data, UsageCount usage) {
    this.parser = parser;
    this.data = data;
    this.usage = usage;
  }

  void read() {
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> type = Fields.stringOrNull(parser);
        case "index" -> index = Fields.integerOrAbsent(parser).orElse(0L);
        case "message" -> readMessage();
        case "content_block" -> block = BlockFields.read(parser, data);
        case "delta" -> delta = BlockFields.read(parser, data);
        case "usage" -> {
          anyUsage = parser.currentToken() == JsonToken.START_OBJECT;
          usage.read(parser, true);
        }
        case "error" ->
            error = Fields.isNull(parser) ? null : MessagesErrorReader.readValue(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private void readMessage() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "id" -> id = Fields.stringOrNull(parser);
        case "model" -> model = Fields.stringOrNull(parser);
        case "usage" -> usage.read(parser, false);
        default -> parser.skipChildren();
      }
    }
  }

  /** The type; an event that holds an error is one, whatever it says. */
  String type() {
    if (error != null) {
      return "error";
    }
    return type == null ? "" : type;
  }

  Optional<String> id() {
    return Optional.ofNullable(id);
  }

  Optional<String> model() {
    return Optional.ofNullable(model);
  }

  /** Which block it belongs to. */
  long index() {
    return index;
  }

  /** The beginning of a block. */
  BlockFields block() {
    return block == null ? BlockFields.NONE : block;
  }

  /** A piece of a block, or the end of the message. */
  BlockFields delta() {
    return delta == null ? BlockFields.NONE : delta;
  }

  boolean anyUsage() {
    return anyUsage;
  }

  ApiError error() {
    return error == null ? NOTHING_SAID : error.error("error".equals(type));
  }
}
