package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext.Attachment;
import dev.assay.core.request.Member;
import dev.assay.core.request.Wire;
import dev.assay.web.http.RequestHead;
import dev.assay.wire.json.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads where a call belongs from the headers {@code x-assay-group}, {@code -run}, {@code -step},
 * {@code -parent} and {@code -metadata}, and from the members of the same names in the body's
 * object {@code assay}. What stands in both is refused: neither is the obvious winner.
 */
final class AttachmentReader {
  private static final int LONGEST_TEXT = 256;
  private static final int MOST_ENTRIES = 64;
  private static final int LONGEST_KEY = 64;
  private static final int LONGEST_VALUE = 1024;
  private static final String KNOWN = "group, run, step, parent and metadata";

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, String> fields = new HashMap<>();
  private Map<String, String> metadata = Map.of();
  private Optional<UUID> parent = Optional.empty();

  private AttachmentReader() {}

  /** Leaves the reading from within; carries no stack. */
  private static final class InvalidException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String field;

    InvalidException(String field, String rule) {
      super(field + " " + rule + ".", null, false, false);
      this.field = field;
    }
  }

  /**
   * Reads it.
   *
   * @param headers the values of the {@code x-assay-} headers, by the rest of their names
   */
  static Attached read(Map<String, String> headers, Wire wire) {
    Member member = wire.members().get("assay");
    if (headers.isEmpty() && member == null) {
      return Attached.NOTHING;
    }
    AttachmentReader reader = new AttachmentReader();
    try {
      headers.forEach(reader::header);
      if (member != null) {
        reader.body(wire.body().slice(member.value().start(), member.value().end()));
      }
      return reader.attached();
    } catch (InvalidException invalid) {
      return new Attached.Invalid(String.valueOf(invalid.getMessage()), invalid.field);
    }
  }

  private void header(String name, String value) {
    String field = "x-assay-" + name;
    if (!RequestHead.printable(value)) {
      throw new InvalidException(
          field, "must be printable ASCII: in JSON, write other characters as \\uXXXX");
    }
    if (!name.equals("metadata")) {
      take(name, value, field);
      return;
    }
    try (JsonParser parser = Json.parser(Bytes.utf8(value))) {
      parser.nextToken();
      metadata(parser, field);
      if (parser.nextToken() != null) {
        throw new InvalidException(field, "must be one JSON object");
      }
    } catch (JacksonException malformed) {
      throw new InvalidException(field, "must be a JSON object, such as {\"ticket\":\"4711\"}");
    }
  }

  private void body(Bytes object) {
    try (JsonParser parser = Json.parser(object)) {
      if (parser.nextToken() == JsonToken.VALUE_NULL) {
        return;
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken token = parser.nextToken();
        String field = "assay." + name;
        if (name.equals("metadata")) {
          metadata(parser, field);
        } else if (token == JsonToken.VALUE_STRING) {
          take(name, parser.getString(), field);
        } else {
          throw new InvalidException(field, known(name) ? "must be a string" : unknown());
        }
      }
    }
  }

  private void take(String name, String value, String field) {
    if (!known(name)) {
      throw new InvalidException(field, unknown());
    }
    if (value.isBlank() || value.length() > LONGEST_TEXT) {
      throw new InvalidException(field, "must have 1 to " + LONGEST_TEXT + " characters");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidException(field, "must not have control characters");
    }
    once(name, field);
    if (name.equals("parent")) {
      parent = Optional.of(id(value, field));
    } else {
      texts.put(name, value);
    }
  }

  private static boolean known(String name) {
    return switch (name) {
      case "group", "run", "step", "parent", "metadata" -> true;
      default -> false;
    };
  }

  private static String unknown() {
    return "is not known here: known are " + KNOWN;
  }

  private void once(String name, String field) {
    String before = fields.put(name, field);
    if (before != null) {
      throw new InvalidException(
          field,
          before.equals(field)
              ? "is given twice"
              : "is also given as " + before + ": leave one out");
    }
  }

  private static UUID id(String value, String field) {
    try {
      return Ids.parse(value);
    } catch (IllegalArgumentException e) {
      throw new InvalidException(field, "must be the identifier of a call");
    }
  }

  private void metadata(JsonParser parser, String field) {
    once("metadata", field);
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new InvalidException(field, "must be a JSON object");
    }
    Map<String, String> entries = new LinkedHashMap<>();
    for (String key = parser.nextName(); key != null; key = parser.nextName()) {
      parser.nextToken();
      if (entries.put(checked(key, field), scalar(parser, field)) != null) {
        throw new InvalidException(field, "names a key twice");
      }
    }
    if (entries.size() > MOST_ENTRIES) {
      throw new InvalidException(field, "must have at most " + MOST_ENTRIES + " entries");
    }
    metadata = entries;
  }

  private static String checked(String key, String field) {
    if (key.isBlank() || key.length() > LONGEST_KEY) {
      throw new InvalidException(field, "must have keys of 1 to " + LONGEST_KEY + " characters");
    }
    if (key.equals("assay")) {
      throw new InvalidException(field, "must not have the key assay, which the ledger uses");
    }
    return key;
  }

  private static String scalar(JsonParser parser, String field) {
    if (!parser.currentToken().isScalarValue() || parser.currentToken() == JsonToken.VALUE_NULL) {
      throw new InvalidException(field, "must have strings, numbers or booleans as values");
    }
    String value = parser.getString();
    if (value.length() > LONGEST_VALUE) {
      throw new InvalidException(
          field, "must have values of at most " + LONGEST_VALUE + " characters");
    }
    return value;
  }

  private Attached attached() {
    if (texts.containsKey("step") && !texts.containsKey("run")) {
      throw new InvalidException(
          String.valueOf(fields.get("step")), "is a place inside a run: name the run too");
    }
    return new Attached.Valid(
        new Attachment(parent, text("run"), text("step"), text("group")), metadata);
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name));
  }
}
