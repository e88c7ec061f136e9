package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.CacheHint;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.SignatureText;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.InvalidField;
import dev.assay.wire.json.Unread;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * One content block of a request. A block of another type, or with a source that has no canonical
 * form, is kept as it is, and noted as unread. For one thread.
 */
final class RequestBlock {
  private final String type;
  private final JsonParser parser;
  private final Bytes body;
  private final Unread unread;

  private Optional<CacheHint> cache = Optional.empty();
  private @Nullable String words;
  private @Nullable String signature;
  private @Nullable String id;
  private @Nullable String name;
  private @Nullable Bytes input;
  private List<Part> content = List.of();
  private boolean failed;
  private @Nullable Source source;
  private Optional<String> title = Optional.empty();

  /** A block of a type under a parser over the body. */
  RequestBlock(String type, JsonParser parser, Bytes body, Unread unread) {
    this.type = type;
    this.parser = parser;
    this.body = body;
    this.unread = unread;
  }

  /**
   * Reads the members.
   *
   * @param first the name of the first one; the parser stands on it, or, where that is the type, on
   *     its value
   */
  void read(@Nullable String first) {
    for (String field = first; field != null; field = parser.nextName()) {
      if (parser.currentToken().isScalarValue() && field.equals("type")) {
        continue;
      }
      parser.nextToken();
      switch (field) {
        case "type" -> Fields.string(parser);
        case "cache_control" -> readCache();
        default -> readMember(field);
      }
    }
  }

  // Of a block that is kept as it is, this is a part.
  private void readCache() {
    if (understood()) {
      cache = CacheControlReader.read(parser, unread);
    } else {
      parser.skipChildren();
    }
  }

  private boolean understood() {
    return switch (type) {
      case "text",
          "image",
          "document",
          "tool_use",
          "tool_result",
          "thinking",
          "redacted_thinking" ->
          true;
      default -> false;
    };
  }

  private void readMember(String field) {
    boolean known =
        switch (type) {
          case "text" -> field.equals("text") && readWords();
          case "thinking" -> readThinking(field);
          case "redacted_thinking" -> field.equals("data") && readWords();
          case "tool_use" -> readToolUse(field);
          case "tool_result" -> readToolResult(field);
          case "image" -> field.equals("source") && readSource();
          case "document" -> readDocument(field);
          default -> {
            parser.skipChildren();
            yield true;
          }
        };
    if (!known) {
      unread.skip(parser);
    }
  }

  private boolean readWords() {
    words = Fields.string(parser);
    return true;
  }

  private boolean readThinking(String field) {
    switch (field) {
      case "thinking" -> words = Fields.string(parser);
      case "signature" -> signature = Fields.optionalString(parser).orElse(null);
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean readToolUse(String field) {
    switch (field) {
      case "id" -> id = Fields.string(parser);
      case "name" -> name = Fields.string(parser);
      case "input" -> {
        Fields.requireObject(parser);
        input = Fields.raw(parser, body);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean readToolResult(String field) {
    switch (field) {
      case "tool_use_id" -> id = Fields.string(parser);
      case "is_error" -> failed = Fields.optionalBool(parser).orElse(false);
      case "content" ->
          content =
              Fields.isNull(parser) ? List.of() : new BlockReader(parser, body, unread).content();
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean readSource() {
    Fields.requireObject(parser);
    source = Source.read(parser, unread);
    return true;
  }

  private boolean readDocument(String field) {
    return switch (field) {
      case "source" -> readSource();
      case "title" -> {
        title = Fields.optionalString(parser);
        yield true;
      }
      case "citations" -> {
        readCitations();
        yield true;
      }
      default -> false;
    };
  }

  // Of a document they are asked for; those of a text were given.
  private void readCitations() {
    if (Fields.isNull(parser)) {
      return;
    }
    Fields.requireObject(parser);
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      if (!field.equals("enabled") || Fields.optionalBool(parser).orElse(false)) {
        unread.skip(parser);
      }
    }
  }

  /** The wish that everything up to here is kept in the cache. */
  Optional<CacheHint> cache() {
    return cache;
  }

  /**
   * The part that the block is.
   *
   * @param start where it begins in the body
   */
  Part part(int start) {
    return switch (type) {
      case "text" -> new Part.Text(required(words, "text"));
      case "thinking" ->
          new Part.Reasoning(
              required(words, "thinking"), signature(signature, Signature.Kind.SIGNATURE));
      case "redacted_thinking" ->
          new Part.Reasoning("", signature(required(words, "data"), Signature.Kind.ENCRYPTED));
      case "tool_use" ->
          new Part.ToolCall(
              required(id, "id"), required(name, "name"), required(input, "input").utf8());
      case "tool_result" -> new Part.ToolResult(required(id, "tool_use_id"), content, failed);
      case "image" -> required(source, "source").image().orElseGet(() -> opaque(start));
      case "document" -> required(source, "source").document(title).orElseGet(() -> opaque(start));
      default -> opaque(start);
    };
  }

  private <T> T required(@Nullable T value, String member) {
    if (value == null) {
      throw InvalidField.under(parser, member, "is missing in a block of type \"" + type + "\"");
    }
    return value;
  }

  private static Optional<Signature> signature(@Nullable String value, Signature.Kind kind) {
    return Optional.ofNullable(value)
        .filter(some -> !some.isEmpty())
        .map(some ->
            SignatureText.read(some, WireFormat.ANTHROPIC_MESSAGES, kind, Optional.empty()));
  }

  private Part opaque(int start) {
    cache = Optional.empty();
    unread.note(parser);
    return new Part.Opaque(WireFormat.ANTHROPIC_MESSAGES, Fields.upTo(parser, body, start));
  }
}
