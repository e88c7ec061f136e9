package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Part;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.InvalidField;
import dev.assay.wire.json.Json;
import dev.assay.wire.json.Unread;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the content of a request: a text, or blocks. For one thread. */
final class BlockReader {
  private final JsonParser parser;
  private final Bytes body;
  private final Unread unread;

  /** A reader of all content under a parser over the body. */
  BlockReader(JsonParser parser, Bytes body, Unread unread) {
    this.parser = parser;
    this.body = body;
    this.unread = unread;
  }

  /** Reads the text, or the array of blocks, that the parser stands at the beginning of. */
  List<Part> content() {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> List.of(new Part.Text(parser.getString()));
      case START_ARRAY -> blocks();
      default -> throw InvalidField.type(parser, "a string or an array of blocks");
    };
  }

  private List<Part> blocks() {
    List<Part> parts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Fields.requireObject(parser);
      int start = Fields.start(parser);
      String first = parser.nextName();
      RequestBlock block = new RequestBlock(type(first, start), parser, body, unread);
      block.read(first);
      parts.add(block.part(start));
      block.cache().map(Part.CachePoint::new).ifPresent(parts::add);
    }
    return parts;
  }

  // It nearly always comes first; where it does not, it is looked for ahead.
  private String type(@Nullable String first, int start) {
    if ("type".equals(first)) {
      parser.nextToken();
      return Fields.string(parser);
    }
    try (JsonParser ahead = Json.parser(body.slice(start, body.length()))) {
      ahead.nextToken();
      for (String field = ahead.nextName(); field != null; field = ahead.nextName()) {
        if (ahead.nextToken() == JsonToken.VALUE_STRING && field.equals("type")) {
          return ahead.getString();
        }
        ahead.skipChildren();
      }
    }
    for (String field = first; field != null; field = parser.nextName()) {
      parser.nextToken();
      parser.skipChildren();
    }
    throw InvalidField.under(parser, "type", "is missing: give one such as \"text\"");
  }
}
