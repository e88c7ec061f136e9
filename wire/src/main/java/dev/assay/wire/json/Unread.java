package dev.assay.wire.json;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Collects the paths of what a reader of requests leaves unread, so that a request that leaves in
 * another format does not lose it in silence. A {@code null} counts as absent, and so does what is
 * passed over and empty. For one thread.
 */
public final class Unread {
  // Of a request with more, the first ones say enough, as long as the others are of their kinds.
  private static final int MOST = 64;

  private static final String MORE = " and more fields";
  private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

  private final List<String> paths = new ArrayList<>(0);
  private boolean more;

  /** Nothing so far. */
  public Unread() {}

  /** Notes the value that a parser stands on. */
  public void note(JsonParser parser) {
    if (parser.currentToken() != JsonToken.VALUE_NULL) {
      note(JsonPath.of(parser));
    }
  }

  /** Notes a path. */
  public void note(String path) {
    if (paths.size() < MOST) {
      paths.add(path);
    } else if (!more && paths.stream().map(Unread::kind).noneMatch(kind(path)::equals)) {
      // No list of harmless fields has this one, so nothing vanishes behind the first ones.
      paths.add(path + MORE);
      more = true;
    }
  }

  private static String kind(String path) {
    return INDEX.matcher(path).replaceAll("[]");
  }

  /** Passes over the value that a parser stands on, and notes it unless it is empty. */
  public void skip(JsonParser parser) {
    if (!parser.currentToken().isStructStart()) {
      note(parser);
      return;
    }
    String path = JsonPath.of(parser);
    JsonToken token = parser.nextToken();
    if (!token.isStructEnd()) {
      note(path);
    }
    while (!token.isStructEnd()) {
      parser.skipChildren();
      token = parser.nextToken();
    }
  }

  /** Notes all that another one noted. */
  public void addAll(Unread other) {
    other.paths.forEach(this::note);
  }

  /** What was noted, in order. */
  public List<String> paths() {
    return List.copyOf(paths);
  }
}
