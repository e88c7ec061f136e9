package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Part;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.InvalidField;
import dev.assay.wire.json.Unread;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Where an image or a document comes from.
 *
 * @param type such as {@code base64}; of other types nothing more is known here
 * @param mediaType such as {@code image/png}
 * @param data the bytes in base64, or the text itself where the type is {@code text}
 * @param url the address
 */
record Source(String type, String mediaType, String data, String url) {
  /** Reads the object that the parser stands at the beginning of. */
  static Source read(JsonParser parser, Unread unread) {
    String type = null;
    String mediaType = null;
    String data = null;
    String url = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> type = Fields.string(parser);
        case "media_type" -> mediaType = Fields.string(parser);
        case "data" -> data = Fields.string(parser);
        case "url" -> url = Fields.string(parser);
        // Members of the types that are kept as they are.
        case "content", "file_id" -> parser.skipChildren();
        default -> unread.skip(parser);
      }
    }
    return switch (type) {
      case null ->
          throw InvalidField.under(parser, "type", "is missing: give one such as \"base64\"");
      case "base64", "text" ->
          new Source(
              type,
              type.equals("text") ? "text/plain" : required(parser, mediaType, "media_type"),
              required(parser, data, "data"),
              "");
      case "url" -> new Source(type, "", "", required(parser, url, "url"));
      default -> new Source(type, "", "", "");
    };
  }

  private static String required(JsonParser parser, @Nullable String value, String member) {
    if (value == null) {
      throw InvalidField.under(parser, member, "is missing in the source");
    }
    return value;
  }

  /** The image; empty when it has no canonical form. */
  Optional<Part> image() {
    return switch (type) {
      case "base64" -> Optional.of(new Part.ImageData(mediaType, data, Optional.empty()));
      case "url" -> Optional.of(new Part.ImageUrl(url, Optional.empty()));
      default -> Optional.empty();
    };
  }

  /** The document; empty when it has no canonical form. */
  Optional<Part> document(Optional<String> title) {
    return switch (type) {
      case "base64" -> Optional.of(new Part.DocumentData(mediaType, data, title));
      case "text" -> {
        String base64 = Base64.getEncoder().encodeToString(Bytes.utf8(data).toArray());
        yield Optional.of(new Part.DocumentData(mediaType, base64, title));
      }
      case "url" -> Optional.of(new Part.DocumentUrl(url, title));
      default -> Optional.empty();
    };
  }
}
