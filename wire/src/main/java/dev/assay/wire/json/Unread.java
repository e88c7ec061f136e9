package dev.assay.wire.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Collects the paths of what a reader of requests leaves unread, so that a request that leaves in
 * another format does not lose it in silence. A {@code null} counts as absent, and so does what is
 * passed over and empty. For one thread.
 */
public final class Unread {
  // Different ones; what stands in many places of an array is noted once.
  private static final int MOST = 64;

  private static final String MORE = " and more fields";

  private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

  private final Map<String, String> paths = new LinkedHashMap<>(0);

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
    String pattern = INDEX.matcher(path).replaceAll("[]");
    if (paths.size() < MOST) {
      paths.putIfAbsent(pattern, path);
    } else if (!paths.containsKey(pattern)) {
      // No list of harmless fields has this one, so nothing vanishes behind the first ones.
      paths.putIfAbsent(MORE, path + MORE);
    }
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
    other.paths.values().forEach(this::note);
  }

  /** What was noted, in order: of paths that differ in their indexes the first. */
  public List<String> paths() {
    return List.copyOf(paths.values());
  }
}
