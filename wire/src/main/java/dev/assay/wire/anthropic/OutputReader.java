package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.ResponseFormat;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.InvalidField;
import dev.assay.wire.json.Unread;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Reads how the answer should be made: {@code thinking}, {@code output_config} and the older {@code
 * output_format}. For one thread.
 *
 * <p>Thinking that is adaptive and says no effort is the model's default. A schema has no name
 * here, so it is called {@code response}; it is always enforced.
 */
final class OutputReader {
  private static final String SCHEMA_NAME = "response";

  private final JsonParser parser;
  private final Bytes body;
  private final Unread unread;

  private Optional<String> effort = Optional.empty();
  private Optional<Long> budget = Optional.empty();
  private ResponseFormat format = new ResponseFormat.Text();

  /** A reader under a parser over the body. */
  OutputReader(JsonParser parser, Bytes body, Unread unread) {
    this.parser = parser;
    this.body = body;
    this.unread = unread;
  }

  /** Reads {@code thinking}. */
  void readThinking() {
    if (Fields.isNull(parser)) {
      return;
    }
    Fields.requireObject(parser);
    String type = null;
    Optional<Long> tokens = Optional.empty();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> type = Fields.string(parser);
        case "budget_tokens" -> tokens = budget();
        default -> unread.skip(parser);
      }
    }
    budget = budget(type, tokens);
  }

  private Optional<Long> budget() {
    Optional<Long> tokens = Fields.optionalInteger(parser);
    if (tokens.filter(count -> count < 1).isPresent()) {
      throw InvalidField.at(parser, "must be at least 1");
    }
    return tokens;
  }

  private Optional<Long> budget(@Nullable String type, Optional<Long> tokens) {
    String types = "\"adaptive\", \"enabled\" or \"disabled\"";
    return switch (type) {
      case "adaptive" -> Optional.empty();
      case "disabled" -> Optional.of(0L);
      case "enabled" -> {
        if (tokens.isEmpty()) {
          throw InvalidField.under(
              parser, "budget_tokens", "is missing: give the greatest number of thinking tokens");
        }
        yield tokens;
      }
      case null -> throw InvalidField.under(parser, "type", "is missing: give " + types);
      default -> throw InvalidField.under(parser, "type", "must be " + types);
    };
  }

  /** Reads {@code output_config}. */
  void readConfig() {
    if (Fields.isNull(parser)) {
      return;
    }
    Fields.requireObject(parser);
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "effort" -> effort = Fields.optionalString(parser);
        case "format" -> readFormat();
        default -> unread.skip(parser);
      }
    }
  }

  /** Reads {@code output_config.format} or {@code output_format}. */
  void readFormat() {
    if (Fields.isNull(parser)) {
      return;
    }
    Fields.requireObject(parser);
    String type = null;
    Bytes schema = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> type = Fields.string(parser);
        case "schema" -> {
          Fields.requireObject(parser);
          schema = Fields.raw(parser, body);
        }
        default -> unread.skip(parser);
      }
    }
    if (!"json_schema".equals(type)) {
      throw InvalidField.under(parser, "type", "must be \"json_schema\"");
    }
    if (schema == null) {
      throw InvalidField.under(parser, "schema", "is missing: give a JSON Schema");
    }
    format = new ResponseFormat.JsonSchema(SCHEMA_NAME, schema, Optional.of(true));
  }

  ReasoningSetting reasoning() {
    return new ReasoningSetting(effort, budget);
  }

  ResponseFormat format() {
    return format;
  }
}
