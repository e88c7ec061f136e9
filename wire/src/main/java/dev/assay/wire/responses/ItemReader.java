package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.SignatureText;
import dev.assay.wire.json.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the items of an answer. Lenient. For one thread. */
final class ItemReader {
  private static final String PARAGRAPH = "\n\n";

  private final JsonParser parser;
  private final Bytes text;

  private @Nullable String id;
  private @Nullable String callId;
  private @Nullable String name;
  private @Nullable String arguments;
  private @Nullable String encrypted;
  private @Nullable String summary;
  private @Nullable String thought;
  private List<Part> content = List.of();

  /** A reader of items under a parser over the text. */
  ItemReader(JsonParser parser, Bytes text) {
    this.parser = parser;
    this.text = text;
  }

  /** Reads the value that the parser stands at the beginning of; an item of no type is opaque. */
  Item item() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return new Item("", List.of(opaque(Fields.raw(parser, text))));
    }
    int start = Fields.start(parser);
    String type = ItemTypes.of(text.slice(start, text.length()));
    return switch (type) {
      case null -> new Item("", List.of(opaque(Fields.raw(parser, text))));
      case "message" -> new Item(type, message());
      case "function_call" -> new Item(type, List.of(call(start)));
      case "reasoning" -> new Item(type, reasoning().stream().toList());
      default -> new Item(type, List.of(opaque(Fields.raw(parser, text))));
    };
  }

  private List<Part> message() {
    readFields();
    return content;
  }

  private Part call(int start) {
    readFields();
    if (name == null) {
      return opaque(Fields.upTo(parser, text, start));
    }
    String identifier = callId == null ? id : callId;
    return new Part.ToolCall(
        identifier == null ? name : identifier, name, arguments == null ? "" : arguments);
  }

  /**
   * Reads the reasoning item that the parser stands at the beginning of.
   *
   * @return what it says, or its summary; empty when it neither says anything nor is encrypted
   */
  Optional<Part> reasoning() {
    readFields();
    String said = thought != null && !thought.isEmpty() ? thought : summary;
    if (encrypted == null || encrypted.isEmpty()) {
      return said == null || said.isEmpty()
          ? Optional.empty()
          : Optional.of(new Part.Reasoning(said, Optional.empty()));
    }
    Signature signature =
        SignatureText.read(
            encrypted,
            WireFormat.OPENAI_RESPONSES,
            Signature.Kind.ENCRYPTED,
            Optional.ofNullable(id));
    return Optional.of(new Part.Reasoning(said == null ? "" : said, Optional.of(signature)));
  }

  private void readFields() {
    id = null;
    callId = null;
    name = null;
    arguments = null;
    encrypted = null;
    summary = null;
    thought = null;
    content = List.of();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "id" -> id = Fields.stringOrNull(parser);
        case "call_id" -> callId = Fields.stringOrNull(parser);
        case "name" -> name = Fields.stringOrNull(parser);
        case "arguments" -> arguments = arguments();
        case "encrypted_content" -> encrypted = Fields.stringOrNull(parser);
        case "summary" -> summary = words(new ArrayList<>());
        case "content" -> readContent();
        default -> parser.skipChildren();
      }
    }
  }

  private @Nullable String arguments() {
    return parser.currentToken() == JsonToken.START_OBJECT
        ? Fields.raw(parser, text).utf8()
        : Fields.stringOrNull(parser);
  }

  private void readContent() {
    List<Part> parts = new ArrayList<>();
    thought = words(parts);
    content = parts;
  }

  /** The texts of reasoning, as paragraphs; the parts of a message are added to a list. */
  private @Nullable String words(List<Part> parts) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return null;
    }
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        new AnswerPartReader(parser, text).read(parts, texts);
      } else {
        parts.add(opaque(Fields.raw(parser, text)));
      }
    }
    return String.join(PARAGRAPH, texts);
  }

  private static Part opaque(Bytes json) {
    return new Part.Opaque(WireFormat.OPENAI_RESPONSES, json);
  }
}
