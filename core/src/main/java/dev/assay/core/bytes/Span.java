package dev.assay.core.bytes;

/**
 * A place inside a sequence of bytes or characters.
 *
 * @param start offset of the first
 * @param end offset behind the last
 */
public record Span(int start, int end) {
  /** Checks the order of the ends. */
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("span: [" + start + ", " + end + ") is no range");
    }
  }
}
