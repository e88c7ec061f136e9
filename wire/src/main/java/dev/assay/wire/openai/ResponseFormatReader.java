package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ResponseFormat;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.InvalidField;
import dev.assay.wire.json.JsonPath;
import dev.assay.wire.json.Unread;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads {@code response_format}. */
final class ResponseFormatReader {
  private static final Bytes ANY_SCHEMA = Bytes.utf8("{}");

  private final JsonParser parser;
  private final Bytes text;
  private final Unread unread;
  private @Nullable String type;
  private String name = "response";
  private @Nullable Bytes schema;
  private Optional<Boolean> strict = Optional.empty();

  /**
   * A reader of the value that a parser over the text stands on.
   *
   * @param unread takes what has no canonical form
   */
  ResponseFormatReader(JsonParser parser, Bytes text, Unread unread) {
    this.parser = parser;
    this.text = text;
    this.unread = unread;
  }

  /** The format; a type that has no canonical form counts as free text. */
  ResponseFormat read() {
    if (Fields.isNull(parser)) {
      return new ResponseFormat.Text();
    }
    Fields.requireObject(parser);
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> type = Fields.string(parser);
        case "json_schema" -> readSchema();
        // Where some providers expect the schema.
        case "schema" -> readSchemaValue();
        default -> unread.skip(parser);
      }
    }
    return switch (type) {
      case "json_object" -> new ResponseFormat.JsonObject();
      case "json_schema" ->
          new ResponseFormat.JsonSchema(name, schema == null ? ANY_SCHEMA : schema, strict);
      case null ->
          throw InvalidField.under(
              parser, "type", "is missing: give \"text\", \"json_object\" or \"json_schema\"");
      case "text" -> new ResponseFormat.Text();
      default -> {
        unread.note(JsonPath.of(parser));
        yield new ResponseFormat.Text();
      }
    };
  }

  private void readSchema() {
    if (Fields.isNull(parser)) {
      return;
    }
    Fields.requireObject(parser);
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "name" -> name = Fields.string(parser);
        case "schema" -> readSchemaValue();
        case "strict" -> strict = Fields.optionalBool(parser);
        default -> unread.skip(parser);
      }
    }
  }

  private void readSchemaValue() {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      schema = Fields.raw(parser, text);
    } else {
      parser.skipChildren();
    }
  }
}
