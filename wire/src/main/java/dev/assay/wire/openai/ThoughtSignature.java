package dev.assay.wire.openai;

import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.SignatureText;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Unread;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads and writes the member of a tool call in which Google's imitation of this API keeps Gemini's
 * signature: {@code "extra_content": {"google": {"thought_signature": "…"}}}.
 */
final class ThoughtSignature {
  static final String MEMBER = "extra_content";

  private ThoughtSignature() {}

  /**
   * Reads the value that the parser stands on; leniently.
   *
   * @param unread takes what else there is; null for an answer
   */
  static @Nullable String read(JsonParser parser, @Nullable Unread unread) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      skip(parser, unread);
      return null;
    }
    String signature = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (field.equals("google") && value == JsonToken.START_OBJECT) {
        signature = google(parser, unread);
      } else {
        skip(parser, unread);
      }
    }
    return signature;
  }

  private static @Nullable String google(JsonParser parser, @Nullable Unread unread) {
    String signature = null;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      if (field.equals("thought_signature")) {
        signature = Fields.stringOrNull(parser);
      } else {
        skip(parser, unread);
      }
    }
    return signature;
  }

  private static void skip(JsonParser parser, @Nullable Unread unread) {
    if (unread == null) {
      parser.skipChildren();
    } else {
      unread.skip(parser);
    }
  }

  /** The signature that a text says. */
  static Signature of(String text) {
    return SignatureText.read(text, WireFormat.GEMINI, Signature.Kind.SIGNATURE, Optional.empty());
  }

  /** Writes the member. */
  static void write(JsonGenerator json, Signature signature) {
    json.writeObjectPropertyStart(MEMBER);
    json.writeObjectPropertyStart("google");
    json.writeStringProperty("thought_signature", signature.value());
    json.writeEndObject();
    json.writeEndObject();
  }
}
