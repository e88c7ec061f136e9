package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.CacheHint;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import dev.assay.core.request.Tools;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.InvalidField;
import dev.assay.wire.json.Unread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the tools of a request and the choice among them. Tools that Anthropic runs or defines are
 * noted as unread. For one thread.
 */
final class ToolsReader {
  private final JsonParser parser;
  private final Bytes body;
  private final Unread unread;

  private List<Tool> tools = List.of();
  private Optional<ToolChoice> choice = Optional.empty();
  private Optional<Boolean> parallel = Optional.empty();

  // Of the tool that is being read.
  private @Nullable String type;
  private @Nullable String name;
  private Optional<String> description = Optional.empty();
  private @Nullable Bytes schema;
  private Optional<Boolean> strict = Optional.empty();
  private Optional<CacheHint> cache = Optional.empty();

  /** A reader of the tools under a parser over the body. */
  ToolsReader(JsonParser parser, Bytes body, Unread unread) {
    this.parser = parser;
    this.body = body;
    this.unread = unread;
  }

  /** Reads {@code tools}. */
  void readTools() {
    if (Fields.isNull(parser)) {
      return;
    }
    Fields.requireArray(parser);
    List<Tool> read = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Fields.requireObject(parser);
      readTool(read);
    }
    tools = read;
  }

  private void readTool(List<Tool> read) {
    type = null;
    name = null;
    description = Optional.empty();
    schema = null;
    strict = Optional.empty();
    cache = Optional.empty();
    Unread members = new Unread();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      readMember(field, members);
    }
    if (type != null && !type.equals("custom")) {
      unread.note(parser);
      return;
    }
    if (name == null || name.isBlank()) {
      throw InvalidField.under(parser, "name", "must be a string that is not blank");
    }
    if (schema == null) {
      throw InvalidField.under(parser, "input_schema", "is missing: give a JSON Schema");
    }
    members.paths().forEach(unread::note);
    read.add(new Tool(name, description, Optional.of(schema), strict, cache));
  }

  private void readMember(String field, Unread members) {
    switch (field) {
      case "type" -> type = Fields.optionalString(parser).orElse(null);
      case "name" -> name = Fields.string(parser);
      case "description" -> description = Fields.optionalString(parser);
      case "input_schema" -> {
        Fields.requireObject(parser);
        schema = Fields.raw(parser, body);
      }
      case "strict" -> strict = Fields.optionalBool(parser);
      case "cache_control" -> cache = CacheControlReader.read(parser, members);
      default -> members.skip(parser);
    }
  }

  /** Reads {@code tool_choice}. */
  void readChoice() {
    if (Fields.isNull(parser)) {
      return;
    }
    Fields.requireObject(parser);
    String kind = null;
    String named = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> kind = Fields.string(parser);
        case "name" -> named = Fields.optionalString(parser).orElse(null);
        case "disable_parallel_tool_use" ->
            parallel = Fields.optionalBool(parser).map(disabled -> !disabled);
        default -> unread.skip(parser);
      }
    }
    choice = Optional.of(choice(kind, named));
  }

  private ToolChoice choice(@Nullable String kind, @Nullable String named) {
    String kinds = "\"auto\", \"any\", \"tool\" or \"none\"";
    return switch (kind) {
      case "auto" -> new ToolChoice.Auto();
      case "any" -> new ToolChoice.Required();
      case "none" -> new ToolChoice.Forbidden();
      case "tool" -> {
        if (named == null || named.isBlank()) {
          throw InvalidField.under(parser, "name", "is missing: give the name of a tool");
        }
        yield new ToolChoice.Named(named);
      }
      case null -> throw InvalidField.under(parser, "type", "is missing: give " + kinds);
      default -> throw InvalidField.under(parser, "type", "must be " + kinds);
    };
  }

  /** What was read. */
  Tools read() {
    return new Tools(tools, choice, parallel);
  }
}
