package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.CacheHint;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.Role;
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

/** Reads the messages of a request. For one thread. */
final class MessageReader {
  private static final String ROLES =
      "one of \"system\", \"developer\", \"user\", \"assistant\", \"tool\", \"function\"";

  private final JsonParser parser;
  private final Bytes text;
  private final PartReader partReader;
  private final Unread unread;

  // Of the message that is being read.
  private @Nullable String role;
  private @Nullable List<Part> content;
  private Optional<String> name = Optional.empty();
  private @Nullable String callId;
  private @Nullable String reasoning;
  private @Nullable String refusal;
  private List<Part.Reasoning> details = List.of();
  private List<Part> toolCalls = List.of();
  private Optional<CacheHint> cache = Optional.empty();

  /**
   * A reader of the messages under a parser over the text.
   *
   * @param unread takes what has no canonical form
   */
  MessageReader(JsonParser parser, Bytes text, Unread unread) {
    this.parser = parser;
    this.text = text;
    this.unread = unread;
    this.partReader = new PartReader(parser, text, unread);
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
    details = List.of();
    toolCalls = List.of();
    cache = Optional.empty();
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
        case "reasoning_content", "reasoning" -> readReasoning();
        case ReasoningDetails.MEMBER -> details = ReasoningDetails.read(parser);
        case CacheControl.MEMBER -> cache = CacheControl.read(parser, unread);
        default -> unread.skip(parser);
      }
    }
  }

  // Some clients give both names.
  private void readReasoning() {
    String words = Fields.stringOrNull(parser);
    reasoning = words == null ? reasoning : words;
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
      readToolCall(calls);
    }
    return calls;
  }

  private void readToolCall(List<Part> calls) {
    int start = Fields.start(parser);
    Unread others = new Unread();
    ToolCallFields call = ToolCallFields.read(parser, text, others);
    if (call.type() != null && !call.type().equals("function")) {
      unread.note(JsonPath.of(parser));
      calls.add(new Part.Opaque(WireFormat.OPENAI_CHAT, Fields.upTo(parser, text, start)));
      return;
    }
    if (call.name() == null) {
      throw InvalidField.under(parser, "function.name", "must be a string");
    }
    unread.addAll(others);
    call.addTo(calls);
  }

  // The form that came before tool_calls; it has no identifier, its result names the function.
  private void functionCall() {
    if (!Fields.isNull(parser)) {
      Fields.requireObject(parser);
      ToolCallFields call = ToolCallFields.readFunction(parser, text, unread);
      if (call.name() == null) {
        throw InvalidField.under(parser, "name", "must be a string");
      }
      toolCalls = new ArrayList<>();
      call.addTo(toolCalls);
    }
  }

  private List<Part> said() {
    if (content == null) {
      throw InvalidField.under(parser, "content", "is missing: give a string or an array of parts");
    }
    return cached(content);
  }

  private List<Part> answered() {
    List<Part> parts = new ArrayList<>();
    // The details say the same with more; but some have no readable text.
    boolean readable = details.stream().anyMatch(detail -> !detail.text().isEmpty());
    if (!readable && reasoning != null && !reasoning.isEmpty()) {
      parts.add(new Part.Reasoning(reasoning, Optional.empty()));
    }
    parts.addAll(details);
    if (content != null) {
      parts.addAll(content);
    }
    if (refusal != null) {
      parts.add(new Part.Refusal(refusal));
    }
    parts.addAll(toolCalls);
    return cached(parts);
  }

  private List<Part> cached(List<Part> parts) {
    if (cache.isEmpty()) {
      return parts;
    }
    List<Part> cached = new ArrayList<>(parts);
    cached.add(new Part.CachePoint(cache.get()));
    return cached;
  }

  // A cache point at the end of a result stands behind the result.
  private Message result(@Nullable String id) {
    List<Part> parts = content == null ? List.of() : content;
    if (!parts.isEmpty() && parts.getLast() instanceof Part.CachePoint(CacheHint hint)) {
      parts = parts.subList(0, parts.size() - 1);
      cache = cache.isPresent() ? cache : Optional.of(hint);
    }
    Part result = new Part.ToolResult(orEmpty(id), parts, false);
    return new Message(Role.TOOL, cached(List.of(result)), Optional.empty());
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
