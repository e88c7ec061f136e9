package dev.assay.wire.sse;

import dev.assay.core.bytes.Bytes;

/** Writes server-sent events. */
public final class SseWriter {
  private static final Bytes DATA = Bytes.utf8("data: ");
  private static final Bytes END = Bytes.utf8("\n\n");

  private SseWriter() {}

  /**
   * An event without a type.
   *
   * @param json its data, on one line
   */
  public static Bytes event(Bytes json) {
    return Bytes.joined(DATA, json, END);
  }

  /**
   * An event with a type.
   *
   * @param json its data, on one line
   */
  public static Bytes event(String type, Bytes json) {
    return Bytes.joined(Bytes.utf8("event: " + type + "\n"), DATA, json, END);
  }
}
