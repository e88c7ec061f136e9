package dev.assay.wire.openai;

import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.SignatureText;
import dev.assay.wire.json.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads and writes {@code reasoning_details}, in which OpenRouter keeps reasoning with what its
 * provider wants back: {@code reasoning.text} with a {@code signature}, {@code reasoning.summary},
 * and {@code reasoning.encrypted} with {@code data}. Entries of one {@code index} are one
 * reasoning. Read leniently.
 *
 * <p>Chat Completions has no signatures of its own: whose one is, is said by its tag, see {@link
 * SignatureText}, or else by {@code format}.
 */
final class ReasoningDetails {
  static final String MEMBER = "reasoning_details";

  private ReasoningDetails() {}

  /** The reasoning in the value that the parser stands on. */
  static List<Part.Reasoning> read(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return List.of();
    }
    List<Part.Reasoning> all = new ArrayList<>();
    long last = -1;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        Entry entry = entry(parser);
        add(all, entry, entry.index >= 0 && entry.index == last);
        last = entry.index;
      } else {
        parser.skipChildren();
      }
    }
    return all;
  }

  private static void add(List<Part.Reasoning> all, Entry entry, boolean more) {
    if (entry.text.isEmpty() && entry.signature.isEmpty()) {
      return;
    }
    if (more && !all.isEmpty() && all.getLast().signature().isEmpty()) {
      Part.Reasoning before = all.removeLast();
      all.add(new Part.Reasoning(before.text() + entry.text, entry.signature));
    } else {
      all.add(new Part.Reasoning(entry.text, entry.signature));
    }
  }

  /** One element of the array. */
  private record Entry(String text, Optional<Signature> signature, long index) {}

  private static Entry entry(JsonParser parser) {
    String text = "";
    String signature = null;
    String data = null;
    String id = null;
    String format = null;
    long index = -1;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "text", "summary" -> text = orEmpty(Fields.stringOrNull(parser));
        case "signature" -> signature = Fields.stringOrNull(parser);
        case "data" -> data = Fields.stringOrNull(parser);
        case "id" -> id = Fields.stringOrNull(parser);
        case "format" -> format = Fields.stringOrNull(parser);
        case "index" -> index = Fields.integerOrAbsent(parser).orElse(-1L);
        default -> parser.skipChildren();
      }
    }
    Signature.Kind kind = data == null ? Signature.Kind.SIGNATURE : Signature.Kind.ENCRYPTED;
    String value = data == null ? orEmpty(signature) : data;
    Optional<Signature> signed =
        value.isEmpty()
            ? Optional.empty()
            : Optional.of(SignatureText.read(value, owner(format), kind, Optional.ofNullable(id)));
    return new Entry(text, signed, index);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static WireFormat owner(@Nullable String format) {
    return switch (format) {
      case "anthropic-claude-v1" -> WireFormat.ANTHROPIC_MESSAGES;
      case "openai-responses-v1", "azure-openai-responses-v1" -> WireFormat.OPENAI_RESPONSES;
      case "google-gemini-v1" -> WireFormat.GEMINI;
      case null, default -> WireFormat.OPENAI_CHAT;
    };
  }

  private static String format(WireFormat owner) {
    return switch (owner) {
      case ANTHROPIC_MESSAGES -> "anthropic-claude-v1";
      case OPENAI_RESPONSES -> "openai-responses-v1";
      case GEMINI -> "google-gemini-v1";
      case OPENAI_CHAT, OPENAI_EMBEDDINGS -> "unknown";
    };
  }

  /**
   * Writes the member.
   *
   * @param tagged whether signatures are tagged, for a client that may keep nothing else
   */
  static void write(JsonGenerator json, List<Part.Reasoning> all, boolean tagged) {
    json.writeArrayPropertyStart(MEMBER);
    for (int index = 0; index < all.size(); index++) {
      writeEntries(json, all.get(index), index, tagged);
    }
    json.writeEndArray();
  }

  /** Writes the member with one piece of a reasoning, for a stream. */
  static void writePiece(JsonGenerator json, Part.Reasoning piece, int index) {
    json.writeArrayPropertyStart(MEMBER);
    writeEntries(json, piece, index, true);
    json.writeEndArray();
  }

  private static void writeEntries(
      JsonGenerator json, Part.Reasoning reasoning, int index, boolean tagged) {
    Signature signature = reasoning.signature().orElse(null);
    boolean encrypted = signature != null && signature.kind() == Signature.Kind.ENCRYPTED;
    if (encrypted && !reasoning.text().isEmpty()) {
      json.writeStartObject();
      json.writeStringProperty("type", "reasoning.summary");
      json.writeStringProperty("summary", reasoning.text());
      writeTail(json, signature, index);
    }
    json.writeStartObject();
    json.writeStringProperty("type", encrypted ? "reasoning.encrypted" : "reasoning.text");
    if (!encrypted && !reasoning.text().isEmpty()) {
      json.writeStringProperty("text", reasoning.text());
    }
    if (signature != null) {
      String value =
          tagged ? SignatureText.write(signature, WireFormat.OPENAI_CHAT) : signature.value();
      json.writeStringProperty(encrypted ? "data" : "signature", value);
      signature.id().ifPresent(id -> json.writeStringProperty("id", id));
    }
    writeTail(json, signature, index);
  }

  private static void writeTail(JsonGenerator json, @Nullable Signature signature, int index) {
    if (signature != null) {
      json.writeStringProperty("format", format(signature.format()));
    }
    json.writeNumberProperty("index", index);
    json.writeEndObject();
  }
}
