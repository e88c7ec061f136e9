package dev.assay.wire.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes JSON objects with odd white space, escapes, Unicode and nested names that repeat. */
final class RandomJson {
  private static final List<String> NAMES =
      List.of("model", "stream", "assay", "messages", "n", "", "ключ", "🙂", "a b", "x\"y", "\\");
  private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\t", "\r\n", "  \n ");

  private final RandomGenerator random;

  RandomJson(RandomGenerator random) {
    this.random = random;
  }

  /** An object's text and, by name in order, the exact text of each member. */
  record Sample(String text, String before, Map<String, String> members, String after) {}

  Sample object() {
    List<String> names = new ArrayList<>(NAMES);
    String before = space() + "{" + space();
    Map<String, String> members = new LinkedHashMap<>();
    int count = random.nextInt(7);
    for (int i = 0; i < count; i++) {
      String name = names.remove(random.nextInt(names.size()));
      members.put(name, quoted(name) + space() + ":" + space() + value(3));
    }
    String after = space() + "}" + space();
    StringBuilder text = new StringBuilder(before);
    String comma = "";
    for (String member : members.values()) {
      text.append(comma).append(member);
      comma = space() + "," + space();
    }
    return new Sample(text.append(after).toString(), before, members, after);
  }

  String space() {
    return SPACES.get(random.nextInt(SPACES.size()));
  }

  String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  /** A value of at most this depth. */
  String value(int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 8)) {
      case 0 -> "null";
      case 1 -> random.nextBoolean() ? "true" : "false";
      case 2 -> Integer.toString(random.nextInt());
      case 3 -> "-12.50e+3";
      case 4 -> quoted(name() + "}],{[:\n" + name());
      case 5 -> "\"\"";
      case 6 -> array(depth - 1);
      default -> nested(depth - 1);
    };
  }

  private String array(int depth) {
    StringBuilder text = new StringBuilder("[" + space());
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : space() + ",").append(space()).append(value(depth));
    }
    return text.append(space()).append("]").toString();
  }

  // Names may even repeat in here.
  private String nested(int depth) {
    StringBuilder text = new StringBuilder("{" + space());
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : space() + ",").append(space()).append(quoted(name()));
      text.append(space()).append(":").append(space()).append(value(depth));
    }
    return text.append(space()).append("}").toString();
  }

  /** A JSON string, some of its characters escaped although they need not be. */
  private String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(character -> quote(quoted, character));
    return quoted.append('"').toString();
  }

  private void quote(StringBuilder quoted, int character) {
    if (character == '"' || character == '\\') {
      quoted.append('\\').appendCodePoint(character);
    } else if (character < ' ' || (random.nextInt(8) == 0 && character < 0x10000)) {
      quoted.append(String.format("\\u%04x", character));
    } else {
      quoted.appendCodePoint(character);
    }
  }
}
