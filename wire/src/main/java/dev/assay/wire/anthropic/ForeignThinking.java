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
 * own. What else is in a message stays byte by byte.
 */
public final class ForeignThinking {
  private static final Bytes COMMA = Bytes.utf8(",");
  private static final Bytes OPEN = Bytes.utf8("[");
  private static final Bytes CLOSE = Bytes.utf8("]");

  private ForeignThinking() {}

  /**
   * The messages without it, and without those that have nothing else in them.
   *
   * @param messages the member {@code messages}, as it was read as a valid request
   */
  public static Bytes without(Bytes messages) {
    List<Bytes> kept = new ArrayList<>();
    try (JsonParser parser = Json.parser(messages)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        Bytes message = message(Fields.raw(parser, messages));
        if (!message.isEmpty()) {
          kept.add(message);
        }
      }
    }
    return array(kept);
  }

  /** A message without it; empty when nothing else is in it. */
  private static Bytes message(Bytes message) {
    try (JsonParser parser = Json.parser(message)) {
      parser.nextToken();
      for (String field = parser.nextName(); field != null; field = parser.nextName()) {
        if (parser.nextToken() == JsonToken.START_ARRAY && field.equals("content")) {
          int start = Fields.start(parser);
          List<Bytes> kept = new ArrayList<>();
          boolean foreign = content(parser, message, kept);
          int end = (int) parser.currentLocation().getByteOffset();
          if (foreign) {
            return kept.isEmpty()
                ? Bytes.EMPTY
                : Bytes.joined(
                    message.slice(0, start), array(kept), message.slice(end, message.length()));
          }
        } else {
          parser.skipChildren();
        }
      }
    }
    return message;
  }

  private static boolean content(JsonParser parser, Bytes message, List<Bytes> kept) {
    boolean foreign = false;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Bytes block = Fields.raw(parser, message);
      if (isForeign(block)) {
        foreign = true;
      } else {
        kept.add(block);
      }
    }
    return foreign;
  }

  private static Bytes array(List<Bytes> values) {
    List<Bytes> pieces = new ArrayList<>();
    pieces.add(OPEN);
    for (int i = 0; i < values.size(); i++) {
      pieces.add(i == 0 ? Bytes.EMPTY : COMMA);
      pieces.add(values.get(i));
    }
    pieces.add(CLOSE);
    return Bytes.joined(pieces.toArray(Bytes[]::new));
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
