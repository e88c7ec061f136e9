package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.CacheHint;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.InvalidField;
import dev.assay.wire.json.JsonPath;
import dev.assay.wire.json.Unread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads message content that is an array of parts. Of a request strictly, so that a wrong type
 * throws {@link InvalidField}; of an answer leniently, so that such a part is kept as it is. For
 * one thread.
 */
final class PartReader {
  private static final String DATA = "data:";
  private static final String BASE64 = ";base64,";

  private final JsonParser parser;
  private final Bytes text;
  private final @Nullable Unread unread;

  // Of the part that is being read.
  private Unread others = new Unread();
  private @Nullable String type;
  private @Nullable String words;
  private @Nullable String url;
  private Optional<String> detail = Optional.empty();
  private Optional<String> fileName = Optional.empty();
  private @Nullable String fileData;
  private boolean fileId;
  private Optional<CacheHint> cache = Optional.empty();

  /**
   * A reader of all content under a parser.
   *
   * @param text what the parser reads
   * @param unread takes what of a request has no canonical form; null for an answer
   */
  PartReader(JsonParser parser, Bytes text, @Nullable Unread unread) {
    this.parser = parser;
    this.text = text;
    this.unread = unread;
  }

  /** Reads the array that the parser stands at the beginning of. */
  List<Part> array() {
    List<Part> parts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      cache = Optional.empty();
      parts.add(part());
      cache.map(Part.CachePoint::new).ifPresent(parts::add);
    }
    return parts;
  }

  private Part part() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      if (unread != null) {
        throw InvalidField.type(parser, "an object with a type");
      }
      return new Part.Opaque(WireFormat.OPENAI_CHAT, Fields.raw(parser, text));
    }
    int start = Fields.start(parser);
    readFields();
    Part part = understood();
    if (part == null) {
      cache = Optional.empty();
      if (unread != null) {
        unread.note(JsonPath.of(parser) + (fileId ? ".file.file_id" : ""));
      }
      return new Part.Opaque(WireFormat.OPENAI_CHAT, Fields.upTo(parser, text, start));
    }
    if (unread != null) {
      unread.addAll(others);
    }
    return part;
  }

  /** The part; null when it has no canonical form. */
  private @Nullable Part understood() {
    return switch (type) {
      case null -> invalid("type", "is missing: give one such as \"text\" or \"image_url\"");
      case "text" -> words == null ? noText("text") : new Part.Text(words);
      case "refusal" -> words == null ? noText("refusal") : new Part.Refusal(words);
      case "image_url" ->
          url == null ? invalid("image_url", "must be an object with a url") : image(url);
      case "file" -> fileData == null || fileId ? null : document(fileData);
      default -> null;
    };
  }

  private void readFields() {
    others = new Unread();
    type = null;
    words = null;
    url = null;
    detail = Optional.empty();
    fileName = Optional.empty();
    fileData = null;
    fileId = false;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> type = unread == null ? Fields.stringOrNull(parser) : Fields.string(parser);
        case "text", "refusal" -> words = Fields.stringOrNull(parser);
        case "image_url" -> readImage();
        case "file" -> readFile();
        case CacheControl.MEMBER -> readCache();
        default -> others.skip(parser);
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
        default -> others.skip(parser);
      }
    }
  }

  private void readFile() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "filename" -> fileName = Optional.ofNullable(Fields.stringOrNull(parser));
        case "file_data" -> fileData = Fields.stringOrNull(parser);
        case "file_id" -> fileId = Fields.stringOrNull(parser) != null;
        default -> others.skip(parser);
      }
    }
  }

  private void readCache() {
    if (unread == null) {
      parser.skipChildren();
    } else {
      cache = CacheControl.read(parser, others);
    }
  }

  private @Nullable Part noText(String field) {
    return invalid(field, "must be a string");
  }

  private @Nullable Part invalid(String field, String problem) {
    if (unread != null) {
      throw InvalidField.under(parser, field, problem);
    }
    return null;
  }

  /** An image by address, or by value when the address is a {@code data:} URL in base64. */
  private Part image(String url) {
    int marker = marker(url);
    return marker < 0
        ? new Part.ImageUrl(url, detail)
        : new Part.ImageData(
            url.substring(DATA.length(), marker), url.substring(marker + BASE64.length()), detail);
  }

  // OpenRouter takes an address in place of the data.
  private @Nullable Part document(String data) {
    int marker = marker(data);
    if (marker >= 0) {
      return new Part.DocumentData(
          data.substring(DATA.length(), marker),
          data.substring(marker + BASE64.length()),
          fileName);
    }
    return data.startsWith("https://") || data.startsWith("http://")
        ? new Part.DocumentUrl(data, fileName)
        : null;
  }

  private static int marker(String url) {
    return url.startsWith(DATA) ? url.indexOf(BASE64) : -1;
  }
}
