package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.format.SignatureText;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Takes the reasoning of other providers out of messages as a client wrote them: it got that
 * reasoning from here, with a signature of its provider or with none, and Anthropic takes only its
 * own. Every other byte stays.
 */
public final class ForeignThinking {
  private static final Bytes COMMA = Bytes.utf8(",");
  private static final Bytes OPEN = Bytes.utf8("[");
  private static final Bytes CLOSE = Bytes.utf8("]");

  private final Bytes messages;
  private final List<Bytes> pieces = new ArrayList<>();
  private int copied;

  private ForeignThinking(Bytes messages) {
    this.messages = messages;
  }

  /**
   * The messages without it.
   *
   * @param messages the member {@code messages}, as it was read as a valid request
   */
  public static Bytes without(Bytes messages) {
    ForeignThinking writing = new ForeignThinking(messages);
    try (JsonParser parser = Json.parser(messages)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        writing.message(parser);
      }
    }
    writing.pieces.add(messages.slice(writing.copied, messages.length()));
    return Bytes.joined(writing.pieces.toArray(Bytes[]::new));
  }

  private void message(JsonParser parser) {
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      if (parser.nextToken() == JsonToken.START_ARRAY && field.equals("content")) {
        content(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void content(JsonParser parser) {
    int start = Fields.start(parser);
    List<Bytes> kept = new ArrayList<>();
    boolean foreign = false;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Bytes block = Fields.raw(parser, messages);
      if (isForeign(block)) {
        foreign = true;
      } else {
        kept.add(block);
      }
    }
    if (foreign) {
      pieces.add(messages.slice(copied, start));
      pieces.add(OPEN);
      for (int i = 0; i < kept.size(); i++) {
        pieces.add(i == 0 ? Bytes.EMPTY : COMMA);
        pieces.add(kept.get(i));
      }
      pieces.add(CLOSE);
      copied = (int) parser.currentLocation().getByteOffset();
    }
  }

  private static boolean isForeign(Bytes block) {
    boolean thinking = false;
    boolean signed = false;
    try (JsonParser parser = Json.parser(block)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      for (String field = parser.nextName(); field != null; field = parser.nextName()) {
        boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
        boolean proof = field.equals("signature") || field.equals("data");
        if (text && proof && SignatureText.isTagged(parser.getString())) {
          return true;
        }
        signed |= text && proof && !parser.getString().isEmpty();
        thinking |= text && field.equals("type") && parser.getString().equals("thinking");
        parser.skipChildren();
      }
    }
    return thinking && !signed;
  }
}
