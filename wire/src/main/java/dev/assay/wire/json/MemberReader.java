package dev.assay.wire.json;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.bytes.Span;
import dev.assay.core.request.Member;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/**
 * Goes over the members of the outermost object of a JSON text and notes where they stand, in the
 * one pass in which the caller reads their values. For one thread.
 */
public final class MemberReader implements AutoCloseable {
  private final Bytes text;
  private final JsonParser parser;
  private final Map<String, Member> members = new HashMap<>();
  private String name = "";
  private int nameStart;
  private int valueStart = -1;
  private boolean duplicate;

  /** A reader before the object. */
  public MemberReader(Bytes text) {
    this.text = text;
    this.parser = Json.parser(text);
  }

  /** Whether the text begins like UTF-8; JSON in UTF-16 or UTF-32 has no byte offsets here. */
  public static boolean looksLikeUtf8(Bytes text) {
    if (text.length() < 2) {
      return true;
    }
    byte first = text.at(0);
    byte second = text.at(1);
    return first != 0 && second != 0 && first != (byte) 0xFE && first != (byte) 0xFF;
  }

  /**
   * Goes over the members of the text, which must be one object that names none twice.
   *
   * @param member gets the name of each, and reads its value from the {@link #parser()} as far as
   *     it wants
   * @throws InvalidField when the text is something else
   */
  public void each(Consumer<String> member) {
    if (!enter()) {
      throw new InvalidField("", "must be a JSON object");
    }
    while (next()) {
      if (duplicate) {
        throw InvalidField.at(parser, "occurs twice: leave one out");
      }
      member.accept(name);
    }
    if (!atEnd()) {
      throw new InvalidField("", "must end behind its JSON object");
    }
  }

  /** Enters the object; false when the text is another value or nothing at all. */
  public boolean enter() {
    return parser.nextToken() == JsonToken.START_OBJECT;
  }

  /**
   * Moves to the value of the next member; what the caller left unread of the one before is
   * skipped.
   *
   * @return false behind the last member
   */
  public boolean next() {
    finishValue();
    if (parser.nextToken() != JsonToken.PROPERTY_NAME) {
      return false;
    }
    nameStart = offset(parser.currentTokenLocation());
    name = parser.currentName();
    parser.nextToken();
    valueStart = offset(parser.currentTokenLocation());
    duplicate = members.containsKey(name);
    return true;
  }

  /** The name of the current member, unescaped. */
  public String name() {
    return name;
  }

  /** Whether a member of the same name came before. */
  public boolean duplicate() {
    return duplicate;
  }

  /** Stands on the first token of the current value; the caller may read up to its last. */
  public JsonParser parser() {
    return parser;
  }

  /** Whether nothing follows the object; only behind the last member. */
  public boolean atEnd() {
    return parser.nextToken() == null;
  }

  /** The members so far, by unescaped name; offsets count from the start of the text. */
  public Map<String, Member> members() {
    return members;
  }

  @Override
  public void close() {
    parser.close();
  }

  private void finishValue() {
    if (valueStart < 0) {
      return;
    }
    parser.skipChildren();
    parser.finishToken();
    Span nameSpan = new Span(nameStart, endOfName());
    Span valueSpan = new Span(valueStart, offset(parser.currentLocation()));
    members.put(name, new Member(nameSpan, valueSpan));
    valueStart = -1;
  }

  // The parser has read on to the value by the time it tells the name.
  private int endOfName() {
    int at = nameStart + 1;
    while (text.at(at) != '"') {
      at += text.at(at) == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private static int offset(TokenStreamLocation location) {
    return (int) location.getByteOffset();
  }
}
