package dev.assay.wire.json;

import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Leaves a reader at a field with a wrong type or value; caught where the reading began. */
public final class InvalidField extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String problem;

  /**
   * A field at fault.
   *
   * @param path where it stands, such as {@code messages[2].content[0].type}; empty for the body
   * @param problem what is wrong and what to do, to follow the path
   */
  public InvalidField(String path, String problem) {
    super(problem, null, false, false);
    this.path = path;
    this.problem = problem;
  }

  /** The value that the parser stands on, or the object that it has just left. */
  public static InvalidField at(JsonParser parser, String problem) {
    return new InvalidField(JsonPath.of(parser), problem);
  }

  /** A member of the object that the parser has just left. */
  public static InvalidField under(JsonParser parser, String member, String problem) {
    String parent = JsonPath.of(parser);
    return new InvalidField(parent.isEmpty() ? member : parent + "." + member, problem);
  }

  /** The value that the parser stands on has the wrong type. */
  public static InvalidField type(JsonParser parser, String wanted) {
    return at(parser, "must be " + wanted + ", not " + typeOf(parser.currentToken()));
  }

  /** The path of the field; absent when it is the body as a whole. */
  public Optional<String> field() {
    return path.isEmpty() ? Optional.empty() : Optional.of(path);
  }

  /** One sentence that names the field and the remedy and quotes nothing of the body. */
  public String sentence() {
    return (path.isEmpty() ? "The body" : path) + " " + problem + ".";
  }

  private static String typeOf(JsonToken token) {
    return switch (token) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      case NOT_AVAILABLE, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT -> "something else";
    };
  }
}
