package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.InvalidField;
import dev.assay.wire.json.JsonPath;
import dev.assay.wire.json.Unread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the tools of a request and the choice among them. */
final class ToolReader {
  private final JsonParser parser;
  private final Bytes text;
  private final Unread unread;

  /** A reader of the tools under a parser over the text. */
  ToolReader(JsonParser parser, Bytes text, Unread unread) {
    this.parser = parser;
    this.text = text;
    this.unread = unread;
  }

  /** The functions in an array of tools; tools of other types travel in the wire form only. */
  List<Tool> tools() {
    if (Fields.isNull(parser)) {
      return List.of();
    }
    Fields.requireArray(parser);
    List<Tool> tools = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Fields.requireObject(parser);
      String type = ItemTypes.of(text.slice(Fields.start(parser), text.length()));
      switch (type) {
        case "function" -> tools.add(function());
        case null -> noType();
        default -> unread.skip(parser);
      }
    }
    return tools;
  }

  private void noType() {
    parser.skipChildren();
    throw InvalidField.under(parser, "type", "is missing: give \"function\"");
  }

  private Tool function() {
    String name = null;
    Optional<String> description = Optional.empty();
    Optional<Bytes> parameters = Optional.empty();
    Optional<Boolean> strict = Optional.empty();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> Fields.string(parser);
        case "name" -> name = Fields.string(parser);
        case "description" -> description = Fields.optionalString(parser);
        case "parameters" -> parameters = schema();
        case "strict" -> strict = Fields.optionalBool(parser);
        default -> unread.skip(parser);
      }
    }
    if (name == null || name.isBlank()) {
      throw InvalidField.under(parser, "name", "must be a string that is not blank");
    }
    return new Tool(name, description, parameters, strict);
  }

  private Optional<Bytes> schema() {
    if (Fields.isNull(parser)) {
      return Optional.empty();
    }
    Fields.requireObject(parser);
    return Optional.of(Fields.raw(parser, text));
  }

  /** The choice; absent when it has no canonical form. */
  Optional<ToolChoice> choice() {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> Optional.empty();
      case VALUE_STRING -> choice(parser.getString());
      case START_OBJECT -> named();
      default -> throw InvalidField.type(parser, "a string or an object");
    };
  }

  private Optional<ToolChoice> choice(String word) {
    return switch (word) {
      case "auto" -> Optional.of(new ToolChoice.Auto());
      case "none" -> Optional.of(new ToolChoice.Forbidden());
      case "required" -> Optional.of(new ToolChoice.Required());
      default -> {
        unread.note(parser);
        yield Optional.empty();
      }
    };
  }

  private Optional<ToolChoice> named() {
    String type = null;
    String name = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> type = Fields.string(parser);
        case "name" -> name = Fields.optionalString(parser).orElse(null);
        default -> parser.skipChildren();
      }
    }
    if (!"function".equals(type)) {
      unread.note(JsonPath.of(parser));
      return Optional.empty();
    }
    if (name == null) {
      throw InvalidField.under(parser, "name", "is missing: give the function's name");
    }
    return Optional.of(new ToolChoice.Named(name));
  }
}
