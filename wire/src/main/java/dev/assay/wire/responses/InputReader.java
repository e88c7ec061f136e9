package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.Role;
import dev.assay.core.request.WireFormat;
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
 * Reads {@code input}: a text, or items. What the model said in items that follow each other is one
 * message, and so are results that follow each other. For one thread.
 */
final class InputReader {
  private static final String ROLES = "one of \"user\", \"assistant\", \"system\", \"developer\"";

  private final JsonParser parser;
  private final Bytes text;
  private final Unread unread;
  private final ContentReader contents;
  private final ItemReader items;
  private final List<Message> messages = new ArrayList<>();
  // The parts of a message of the model or of tools that may still grow.
  private final List<Part> open = new ArrayList<>();
  private Role openRole = Role.ASSISTANT;

  /** A reader of the input under a parser over the text. */
  InputReader(JsonParser parser, Bytes text, Unread unread) {
    this.parser = parser;
    this.text = text;
    this.unread = unread;
    this.contents = new ContentReader(parser, text, unread);
    this.items = new ItemReader(parser, text);
  }

  /** Reads the value that the parser stands at the beginning of; null counts as no message. */
  List<Message> read() {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> List.of();
      case VALUE_STRING -> List.of(Message.text(Role.USER, parser.getString()));
      case START_ARRAY -> items();
      default -> throw InvalidField.type(parser, "a string or an array of items");
    };
  }

  private List<Message> items() {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Fields.requireObject(parser);
      item();
    }
    close();
    return messages;
  }

  // The type says what the other members are, and may stand behind them.
  private void item() {
    String type = ItemTypes.of(text.slice(Fields.start(parser), text.length()));
    switch (type) {
      case null -> message();
      case "message" -> message();
      case "function_call" -> grow(Role.ASSISTANT, call());
      case "function_call_output" -> grow(Role.TOOL, result());
      case "reasoning" -> reasoning();
      default -> other(type);
    }
  }

  private void message() {
    String role = null;
    List<Part> content = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> Fields.optionalString(parser);
        case "role" -> role = Fields.string(parser);
        case "content" -> content = contents.read();
        case "id", "status" -> parser.skipChildren();
        default -> unread.skip(parser);
      }
    }
    if (content == null) {
      throw InvalidField.under(parser, "content", "is missing: give a string or an array of parts");
    }
    switch (role) {
      case "user" -> add(Role.USER, content);
      case "system", "developer" -> add(Role.SYSTEM, content);
      case "assistant" -> content.forEach(part -> grow(Role.ASSISTANT, part));
      case null -> throw InvalidField.under(parser, "role", "is missing: give " + ROLES);
      default -> throw InvalidField.under(parser, "role", "must be " + ROLES);
    }
  }

  private Part call() {
    String callId = null;
    String name = null;
    String arguments = "";
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "call_id" -> callId = Fields.string(parser);
        case "name" -> name = Fields.string(parser);
        case "arguments" -> arguments = Fields.optionalString(parser).orElse("");
        case "type", "id", "status" -> parser.skipChildren();
        default -> unread.skip(parser);
      }
    }
    if (name == null) {
      throw InvalidField.under(parser, "name", "is missing: give the function's name");
    }
    return new Part.ToolCall(callId(callId), name, arguments);
  }

  private Part result() {
    String callId = null;
    List<Part> output = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "call_id" -> callId = Fields.string(parser);
        case "output" -> output = contents.read();
        case "type", "id", "status" -> parser.skipChildren();
        default -> unread.skip(parser);
      }
    }
    if (output == null) {
      throw InvalidField.under(parser, "output", "is missing: give what the function returned");
    }
    return new Part.ToolResult(callId(callId), output, false);
  }

  private String callId(@Nullable String callId) {
    if (callId == null) {
      throw InvalidField.under(parser, "call_id", "is missing: give the call's identifier");
    }
    return callId;
  }

  private void reasoning() {
    items.reasoning().ifPresent(part -> grow(Role.ASSISTANT, part));
  }

  private void other(String type) {
    unread.note(parser);
    Bytes json = Fields.raw(parser, text);
    grow(
        ItemTypes.isResult(type) ? Role.TOOL : Role.ASSISTANT,
        new Part.Opaque(WireFormat.OPENAI_RESPONSES, json));
  }

  private void add(Role role, List<Part> parts) {
    close();
    messages.add(new Message(role, parts, Optional.empty()));
  }

  private void grow(Role role, Part part) {
    if (role != openRole) {
      close();
      openRole = role;
    }
    open.add(part);
  }

  private void close() {
    if (!open.isEmpty()) {
      messages.add(new Message(openRole, open, Optional.empty()));
      open.clear();
    }
  }
}
