package dev.assay.wire.format;

/** Tells when the text of a JSON object that comes in pieces is whole. For one thread. */
final class ObjectEnd {
  private int depth;
  private boolean inString;
  private boolean escaped;
  private boolean reached;

  /** More of the text. */
  void add(CharSequence more) {
    for (int i = 0; i < more.length() && !reached; i++) {
      add(more.charAt(i));
    }
  }

  private void add(char next) {
    if (escaped) {
      escaped = false;
    } else if (inString) {
      escaped = next == '\\';
      inString = next != '"';
    } else {
      outside(next);
    }
  }

  private void outside(char next) {
    switch (next) {
      case '"' -> inString = true;
      case '{', '[' -> depth++;
      case '}', ']' -> {
        depth--;
        reached = depth <= 0;
      }
      default -> {
        // Neither opens nor closes anything.
      }
    }
  }

  /** Whether the object has ended. */
  boolean reached() {
    return reached;
  }
}
