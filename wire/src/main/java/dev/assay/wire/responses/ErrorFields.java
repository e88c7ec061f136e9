package dev.assay.wire.responses;

import dev.assay.wire.format.ApiError;
import dev.assay.wire.json.Fields;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The fields of an error, as far as they are there with the right type. For one thread. */
final class ErrorFields {
  private @Nullable String message;
  private @Nullable String type;
  private @Nullable String param;
  private @Nullable String code;

  ErrorFields() {}

  /** Reads the value of an {@code error} member, which is an object or a text. */
  static ApiError read(JsonParser parser) {
    ErrorFields fields = new ErrorFields();
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      for (String field = parser.nextName(); field != null; field = parser.nextName()) {
        parser.nextToken();
        fields.readField(parser, field);
      }
    } else {
      fields.message = Fields.stringOrNull(parser);
    }
    return fields.error();
  }

  /** Reads the value of a member that the parser stands on; passes over other members. */
  void readField(JsonParser parser, String field) {
    switch (field) {
      case "message" -> message = Fields.stringOrNull(parser);
      case "type" -> type = Fields.stringOrNull(parser);
      case "param" -> param = Fields.stringOrNull(parser);
      case "code" ->
          code =
              parser.currentToken().isNumeric() ? parser.getString() : Fields.stringOrNull(parser);
      default -> parser.skipChildren();
    }
  }

  ApiError error() {
    return new ApiError(
        Optional.ofNullable(message),
        Optional.ofNullable(type),
        Optional.ofNullable(param),
        Optional.ofNullable(code),
        message != null,
        Optional.empty());
  }
}
