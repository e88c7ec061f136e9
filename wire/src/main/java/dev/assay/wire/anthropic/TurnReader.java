package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.Role;
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
 * Reads the messages of a request. The tool results of a user's message become a message of their
 * own before the rest of it. For one thread.
 */
final class TurnReader {
  private static final String ROLES = "\"user\", \"assistant\" or \"system\"";

  private final JsonParser parser;
  private final Unread unread;
  private final BlockReader blocks;

  /** A reader of the messages under a parser over the body. */
  TurnReader(JsonParser parser, Bytes body, Unread unread) {
    this.parser = parser;
    this.unread = unread;
    this.blocks = new BlockReader(parser, body, unread);
  }

  /** Reads the array that the parser stands at the beginning of. */
  List<Message> array() {
    Fields.requireArray(parser);
    List<Message> messages = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Fields.requireObject(parser);
      readMessage(messages);
    }
    if (messages.isEmpty()) {
      throw InvalidField.at(parser, "must have at least one message");
    }
    return messages;
  }

  private void readMessage(List<Message> messages) {
    String role = null;
    List<Part> content = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "role" -> role = Fields.string(parser);
        case "content" -> content = blocks.content();
        default -> unread.skip(parser);
      }
    }
    if (content == null) {
      throw InvalidField.under(
          parser, "content", "is missing: give a string or an array of blocks");
    }
    addTo(messages, role, content);
  }

  private void addTo(List<Message> messages, @Nullable String role, List<Part> content) {
    switch (role) {
      case "user" -> addUser(messages, content);
      case "assistant" -> {
        forbid(
            content, Part.ToolResult.class, "must have its tool results in a message of \"user\"");
        messages.add(new Message(Role.ASSISTANT, content, Optional.empty()));
      }
      case "system" -> messages.add(new Message(Role.SYSTEM, content, Optional.empty()));
      case null -> throw InvalidField.under(parser, "role", "is missing: give " + ROLES);
      default -> throw InvalidField.under(parser, "role", "must be " + ROLES);
    }
  }

  private void addUser(List<Message> messages, List<Part> content) {
    forbid(content, Part.ToolCall.class, "must have its tool calls in a message of \"assistant\"");
    List<Part> results = new ArrayList<>(0);
    List<Part> rest = new ArrayList<>(content.size());
    List<Part> last = rest;
    for (Part part : content) {
      if (!(part instanceof Part.CachePoint)) {
        last = part instanceof Part.ToolResult ? results : rest;
      }
      last.add(part);
    }
    if (!results.isEmpty()) {
      messages.add(new Message(Role.TOOL, results, Optional.empty()));
    }
    if (!rest.isEmpty() || results.isEmpty()) {
      messages.add(new Message(Role.USER, rest, Optional.empty()));
    }
  }

  private void forbid(List<Part> content, Class<? extends Part> kind, String remedy) {
    if (content.stream().anyMatch(kind::isInstance)) {
      throw InvalidField.under(parser, "content", remedy);
    }
  }
}
