package dev.assay.wire.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamContext;

/** Where a value stands in a JSON text, such as {@code messages[2].content[0].type}. */
public final class JsonPath {
  private JsonPath() {}

  /** The path of the value that a parser stands on, or of the object that it has just left. */
  public static String of(JsonParser parser) {
    return of(parser.streamReadContext());
  }

  private static String of(TokenStreamContext context) {
    if (context.inRoot()) {
      return "";
    }
    String parent = of(context.getParent());
    if (context.inArray()) {
      return context.hasCurrentIndex() ? parent + "[" + context.getCurrentIndex() + "]" : parent;
    }
    if (!context.hasCurrentName()) {
      return parent;
    }
    return parent.isEmpty() ? context.currentName() : parent + "." + context.currentName();
  }
}
