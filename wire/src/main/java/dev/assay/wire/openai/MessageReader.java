package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.Role;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.InvalidField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the messages of a request. For one thread. */
final class MessageReader {
  private static final String ROLES =
      "one of \"system\", \"developer\", \"user\", \"assistant\", \"tool\", \"function\"";

  private final JsonParser parser;
  private final Bytes text;
  private final PartReader partReader;

  private @Nullable String role;
  private @Nullable List<Part> content;
  private Optional<String> name = Optional.empty();
  private @Nullable String callId;
  private @Nullable String reasoning;
  private @Nullable String refusal;
  private List<Part> toolCalls = List.of();

  /** A reader of the messages under a parser over the text. */
  MessageReader(JsonParser parser, Bytes text) {
    this.parser = parser;
    this.text = text;
    this.partReader = new PartReader(parser, text, true);
  }

  /** Reads the array that the parser stands at the beginning of. */
  List<Message> array() {
    Fields.requireArray(parser);
    List<Message> messages = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Fields.requireObject(parser);
      messages.add(message());
    }
    if (messages.isEmpty()) {
      throw InvalidField.at(parser, "must have at least one message");
    }
    return messages;
  }

  private Message message() {
    readFields();
    return switch (role) {
      case "system", "developer" -> new Message(Role.SYSTEM, said(), name);
      case "user" -> new Message(Role.USER, said(), name);
      case "assistant" -> new Message(Role.ASSISTANT, answered(), name);
      case "tool" -> result(callId);
      case "function" -> result(name.orElse(null));
      case null -> throw InvalidField.under(parser, "role", "is missing: give " + ROLES);
      default -> throw InvalidField.under(parser, "role", "must be " + ROLES);
    };
  }

  private void readFields() {
    role = null;
    content = null;
    name = Optional.empty();
    callId = null;
    reasoning = null;
    refusal = null;
    toolCalls = List.of();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "role" -> role = Fields.string(parser);
        case "content" -> content = content();
        case "name" -> name = Fields.optionalString(parser);
        case "tool_call_id" -> callId = Fields.optionalString(parser).orElse(null);
        case "tool_calls" -> toolCalls = toolCalls();
        case "function_call" -> functionCall();
        case "refusal" -> refusal = Fields.optionalString(parser).orElse(null);
        case "reasoning_content", "reasoning" -> reasoning = Fields.stringOrNull(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private @Nullable List<Part> content() {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> List.of(new Part.Text(parser.getString()));
      case START_ARRAY -> partReader.array();
      case VALUE_NULL -> null;
      default -> throw InvalidField.type(parser, "a string or an array of parts");
    };
  }

  private List<Part> toolCalls() {
    if (Fields.isNull(parser)) {
      return List.of();
    }
    Fields.requireArray(parser);
    List<Part> calls = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Fields.requireObject(parser);
      calls.add(toolCall());
    }
    return calls;
  }

  private Part toolCall() {
    int start = Fields.start(parser);
    ToolCallFields call = ToolCallFields.read(parser, text);
    if (call.type() != null && !call.type().equals("function")) {
      return new Part.Opaque(WireFormat.OPENAI_CHAT, Fields.upTo(parser, text, start));
    }
    if (call.name() == null) {
      throw InvalidField.under(parser, "function.name", "must be a string");
    }
    return call.part();
  }

  // The form that came before tool_calls; it has no identifier, its result names the function.
  private void functionCall() {
    if (!Fields.isNull(parser)) {
      Fields.requireObject(parser);
      ToolCallFields call = ToolCallFields.readFunction(parser, text);
      if (call.name() == null) {
        throw InvalidField.under(parser, "name", "must be a string");
      }
      toolCalls = List.of(call.part());
    }
  }

  private List<Part> said() {
    if (content == null) {
      throw InvalidField.under(parser, "content", "is missing: give a string or an array of parts");
    }
    return content;
  }

  private List<Part> answered() {
    List<Part> parts = new ArrayList<>();
    if (reasoning != null) {
      parts.add(new Part.Reasoning(reasoning, Optional.empty()));
    }
    if (content != null) {
      parts.addAll(content);
    }
    if (refusal != null) {
      parts.add(new Part.Refusal(refusal));
    }
    parts.addAll(toolCalls);
    return parts;
  }

  private Message result(@Nullable String id) {
    List<Part> parts = content == null ? List.of() : content;
    return new Message(
        Role.TOOL, List.of(new Part.ToolResult(orEmpty(id), parts, false)), Optional.empty());
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
