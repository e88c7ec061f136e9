package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Failure;
import java.nio.charset.StandardCharsets;

/** Writes the events of a stream that are the same for every call. */
public final class ChatEventWriter {
  /** The end mark. */
  public static final Bytes DONE = Bytes.utf8("data: [DONE]\n\n");

  private static final byte[] FIELD = "data: ".getBytes(StandardCharsets.UTF_8);

  private ChatEventWriter() {}

  /**
   * An event.
   *
   * @param json its data, on one line
   */
  public static Bytes event(Bytes json) {
    byte[] event = new byte[FIELD.length + json.length() + 2];
    System.arraycopy(FIELD, 0, event, 0, FIELD.length);
    System.arraycopy(json.backingArray(), json.arrayOffset(), event, FIELD.length, json.length());
    event[event.length - 2] = '\n';
    event[event.length - 1] = '\n';
    return Bytes.wrap(event);
  }

  /** The event that ends a broken stream; no end mark follows it. */
  public static Bytes error(Failure failure) {
    return event(ErrorWriter.write(failure));
  }
}
