package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.InvalidField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads message content: a text, or an array of parts. For one thread. */
final class PartReader {
  private final JsonParser parser;
  private final Bytes text;
  private final boolean strict;

  private @Nullable String type;
  private @Nullable String words;
  private @Nullable String url;
  private Optional<String> detail = Optional.empty();

  /**
   * A reader of all content under a parser.
   *
   * @param text what the parser reads
   * @param strict whether a wrong type throws {@link InvalidField}; otherwise such a part is kept
   *     as it is
   */
  PartReader(JsonParser parser, Bytes text, boolean strict) {
    this.parser = parser;
    this.text = text;
    this.strict = strict;
  }

  /** Reads the array that the parser stands at the beginning of. */
  List<Part> array() {
    List<Part> parts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      parts.add(part());
    }
    return parts;
  }

  private Part part() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      if (strict) {
        throw InvalidField.type(parser, "an object with a type");
      }
      return opaque(Fields.raw(parser, text));
    }
    int start = Fields.start(parser);
    readFields();
    return switch (type) {
      case null -> invalid(start, "type", "is missing: give one such as \"text\" or \"image_url\"");
      case "text" -> words == null ? noText(start, "text") : new Part.Text(words);
      case "refusal" -> words == null ? noText(start, "refusal") : new Part.Refusal(words);
      case "image_url" ->
          url == null
              ? invalid(start, "image_url", "must be an object with a url")
              : image(url, detail);
      default -> opaque(Fields.upTo(parser, text, start));
    };
  }

  private void readFields() {
    type = null;
    words = null;
    url = null;
    detail = Optional.empty();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> type = strict ? Fields.string(parser) : Fields.stringOrNull(parser);
        case "text", "refusal" -> words = Fields.stringOrNull(parser);
        case "image_url" -> readImage();
        default -> parser.skipChildren();
      }
    }
  }

  // Some providers take the address itself in place of the object.
  private void readImage() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      url = Fields.stringOrNull(parser);
      return;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "url" -> url = Fields.stringOrNull(parser);
        case "detail" -> detail = Optional.ofNullable(Fields.stringOrNull(parser));
        default -> parser.skipChildren();
      }
    }
  }

  private Part noText(int start, String field) {
    return invalid(start, field, "must be a string");
  }

  private Part invalid(int start, String field, String problem) {
    if (strict) {
      throw InvalidField.under(parser, field, problem);
    }
    return opaque(Fields.upTo(parser, text, start));
  }

  private static Part opaque(Bytes json) {
    return new Part.Opaque(WireFormat.OPENAI_CHAT, json);
  }

  /** An image by address, or by value when the address is a {@code data:} URL in base64. */
  private static Part image(String url, Optional<String> detail) {
    int marker = url.startsWith("data:") ? url.indexOf(";base64,") : -1;
    return marker < 0
        ? new Part.ImageUrl(url, detail)
        : new Part.ImageData(
            url.substring("data:".length(), marker),
            url.substring(marker + ";base64,".length()),
            detail);
  }
}
