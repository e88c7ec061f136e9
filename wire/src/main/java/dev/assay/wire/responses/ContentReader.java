package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
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

/** Reads the content of messages and results in a request, strictly. For one thread. */
final class ContentReader {
  private final JsonParser parser;
  private final Bytes text;
  private final Unread unread;

  private @Nullable String type;
  private @Nullable String words;
  private @Nullable String imageUrl;
  private @Nullable String fileUrl;
  private @Nullable String fileData;
  private boolean byId;
  private Optional<String> name = Optional.empty();
  private Optional<String> detail = Optional.empty();

  /** A reader of all content under a parser over the text. */
  ContentReader(JsonParser parser, Bytes text, Unread unread) {
    this.parser = parser;
    this.text = text;
    this.unread = unread;
  }

  /** Reads the text or the array of parts that the parser stands at the beginning of. */
  List<Part> read() {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> List.of(new Part.Text(parser.getString()));
      case START_ARRAY -> array();
      default -> throw InvalidField.type(parser, "a string or an array of parts");
    };
  }

  private List<Part> array() {
    List<Part> parts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Fields.requireObject(parser);
      parts.add(part());
    }
    return parts;
  }

  private Part part() {
    int start = Fields.start(parser);
    readFields();
    return switch (type) {
      case null ->
          throw InvalidField.under(
              parser, "type", "is missing: give one such as \"input_text\" or \"input_image\"");
      case "input_text", "output_text", "text" -> new Part.Text(required("text"));
      case "refusal" -> new Part.Refusal(required("refusal"));
      case "input_image" -> image(start);
      case "input_file" -> file(start);
      default -> opaque(start);
    };
  }

  private void readFields() {
    type = null;
    words = null;
    imageUrl = null;
    fileUrl = null;
    fileData = null;
    byId = false;
    name = Optional.empty();
    detail = Optional.empty();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> type = Fields.string(parser);
        case "text", "refusal" -> words = Fields.optionalString(parser).orElse(null);
        case "image_url" -> imageUrl = Fields.optionalString(parser).orElse(null);
        case "file_url" -> fileUrl = Fields.optionalString(parser).orElse(null);
        case "file_data" -> fileData = Fields.optionalString(parser).orElse(null);
        case "file_id" -> byId = Fields.optionalString(parser).isPresent();
        case "filename" -> name = Fields.optionalString(parser);
        case "detail" -> detail = Fields.optionalString(parser);
        // How likely the tokens of an earlier answer were says nothing to the model.
        case "logprobs" -> parser.skipChildren();
        case "annotations" -> readAnnotations();
        default -> unread.skip(parser);
      }
    }
  }

  // Clients send the empty list of an earlier answer back.
  private void readAnnotations() {
    if (Fields.isNull(parser)) {
      return;
    }
    Fields.requireArray(parser);
    String path = JsonPath.of(parser);
    if (parser.nextToken() != JsonToken.END_ARRAY) {
      unread.note(path);
      skipRest();
    }
  }

  private void skipRest() {
    do {
      parser.skipChildren();
    } while (parser.nextToken() != JsonToken.END_ARRAY);
  }

  private String required(String field) {
    if (words == null) {
      throw InvalidField.under(parser, field, "must be a string");
    }
    return words;
  }

  private Part image(int start) {
    if (imageUrl == null) {
      return byReference(start, "image_url");
    }
    String url = imageUrl;
    return DataUrl.of(url)
        .<Part>map(data -> new Part.ImageData(data.mediaType(), data.base64(), detail))
        .orElseGet(() -> new Part.ImageUrl(url, detail));
  }

  private Part file(int start) {
    if (fileData != null) {
      String data = fileData;
      return DataUrl.of(data)
          .map(url -> new Part.DocumentData(url.mediaType(), url.base64(), name))
          .orElseGet(() -> new Part.DocumentData(mediaType(), data, name));
    }
    return fileUrl == null ? byReference(start, "file_data") : new Part.DocumentUrl(fileUrl, name);
  }

  // Bytes without a media type: only the name tells.
  private String mediaType() {
    String file = name.orElse("");
    if (file.endsWith(".pdf")) {
      return "application/pdf";
    }
    return file.endsWith(".txt") || file.endsWith(".md")
        ? "text/plain"
        : "application/octet-stream";
  }

  private Part byReference(int start, String field) {
    if (!byId) {
      throw InvalidField.under(parser, field, "is missing: give it, or a file_id");
    }
    return opaque(start);
  }

  private Part opaque(int start) {
    unread.note(JsonPath.of(parser));
    return new Part.Opaque(WireFormat.OPENAI_RESPONSES, Fields.upTo(parser, text, start));
  }
}
