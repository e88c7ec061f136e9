package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ResponseFormat;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.InvalidField;
import dev.assay.wire.json.JsonPath;
import dev.assay.wire.json.Unread;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** Reads {@code text}: the form that the answer must have, and how wordy it should be. */
final class TextSettingReader {
  private static final String TYPES = "give \"text\", \"json_object\" or \"json_schema\"";

  private final JsonParser parser;
  private final Bytes text;
  private final Unread unread;

  private @Nullable String type;
  private String name = "response";
  private @Nullable Bytes schema;
  private Optional<Boolean> strict = Optional.empty();

  /** A reader of the value that a parser over the text stands on. */
  TextSettingReader(JsonParser parser, Bytes text, Unread unread) {
    this.parser = parser;
    this.text = text;
    this.unread = unread;
  }

  /** The format; a type that has no canonical form counts as free text. */
  ResponseFormat read() {
    ResponseFormat format = new ResponseFormat.Text();
    if (Fields.isNull(parser)) {
      return format;
    }
    Fields.requireObject(parser);
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      if (!field.equals("format")) {
        unread.skip(parser);
      } else if (!Fields.isNull(parser)) {
        format = format();
      }
    }
    return format;
  }

  private ResponseFormat format() {
    Fields.requireObject(parser);
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> type = Fields.string(parser);
        case "name" -> name = Fields.string(parser);
        case "schema" -> schema = schema();
        case "strict" -> strict = Fields.optionalBool(parser);
        default -> unread.skip(parser);
      }
    }
    return switch (type) {
      case null -> throw InvalidField.under(parser, "type", "is missing: " + TYPES);
      case "text" -> new ResponseFormat.Text();
      case "json_object" -> new ResponseFormat.JsonObject();
      case "json_schema" -> {
        if (schema == null) {
          throw InvalidField.under(parser, "schema", "is missing: give a JSON Schema");
        }
        yield new ResponseFormat.JsonSchema(name, schema, strict);
      }
      default -> {
        unread.note(JsonPath.of(parser));
        yield new ResponseFormat.Text();
      }
    };
  }

  private Bytes schema() {
    Fields.requireObject(parser);
    return Fields.raw(parser, text);
  }
}
