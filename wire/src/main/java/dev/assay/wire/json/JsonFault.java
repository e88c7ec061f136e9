package dev.assay.wire.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Says why a text is not JSON, without quoting any of it: it may be private. */
public final class JsonFault {
  private JsonFault() {}

  /** What the parser stumbled over, to follow the name of the text: {@code is not …}. */
  public static String text(JacksonException fault) {
    return switch (fault) {
      case StreamConstraintsException tooMuch ->
          "is beyond the limits of the JSON reader: at most "
              + Json.DEEPEST_NESTING
              + " levels of nesting, 20 MB in a text and 1,000 digits in a number";
      case UnexpectedEndOfInputException cut -> "is cut off: the JSON has no end";
      case JacksonException malformed -> "is not well-formed JSON" + place(malformed);
    };
  }

  private static String place(JacksonException fault) {
    long offset = fault.getLocation() == null ? -1 : fault.getLocation().getByteOffset();
    return offset < 0 ? "" : " near byte " + offset;
  }
}
