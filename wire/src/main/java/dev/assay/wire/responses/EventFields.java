package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.TokenLogprob;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.json.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The fields of an event, as far as they are there with the right type. For one thread. */
final class EventFields {
  private final JsonParser parser;
  private final Bytes data;
  private final ErrorFields flat = new ErrorFields();

  private @Nullable String type;
  private @Nullable String delta;
  private long output;
  private long place;
  private List<TokenLogprob> logprobs = List.of();
  private @Nullable Item item;
  private @Nullable ResponseReader response;
  private @Nullable ApiError error;

  /** The fields of the object that a parser over the data stands at the beginning of. */
  EventFields(JsonParser parser, Bytes data) {
    this.parser = parser;
    this.data = data;
  }

  void read() {
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> type = Fields.stringOrNull(parser);
        case "delta" -> delta = Fields.stringOrNull(parser);
        case "output_index" -> output = Fields.integerOrAbsent(parser).orElse(0L);
        case "summary_index", "content_index" -> place = Fields.integerOrAbsent(parser).orElse(0L);
        case "logprobs" -> logprobs = LogprobsReader.read(parser);
        case "item" -> item = new ItemReader(parser, data).item();
        case "response" -> response = readResponse();
        case "error" -> error = Fields.isNull(parser) ? null : ErrorFields.read(parser);
        default -> flat.readField(parser, field);
      }
    }
  }

  private @Nullable ResponseReader readResponse() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    ResponseReader reader = new ResponseReader(parser, data);
    reader.read();
    return reader;
  }

  /** What the event is; empty when it does not say. */
  String type() {
    return type == null ? "" : type;
  }

  /** What it adds; empty when it adds no text. */
  String delta() {
    return delta == null ? "" : delta;
  }

  /** The place of the item that it is about. */
  long output() {
    return output;
  }

  /** The place of the part of the item that it is about. */
  long place() {
    return place;
  }

  List<TokenLogprob> logprobs() {
    return logprobs;
  }

  @Nullable Item item() {
    return item;
  }

  @Nullable ResponseReader response() {
    return response;
  }

  /** The error in a member of its own; null when there is none. */
  @Nullable ApiError error() {
    return error;
  }

  /** The error that the event says, in whichever place. */
  ApiError anyError() {
    if (error != null) {
      return error;
    }
    return response == null ? flat.error() : response.failure();
  }
}
