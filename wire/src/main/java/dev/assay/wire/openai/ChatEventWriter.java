package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Failure;
import dev.assay.wire.sse.SseWriter;

/** Writes the events of a stream that are the same for every call. */
public final class ChatEventWriter {
  /** The end mark. */
  public static final Bytes DONE = Bytes.utf8("data: [DONE]\n\n");

  private ChatEventWriter() {}

  /** The event that ends a broken stream; no end mark follows it. */
  public static Bytes error(Failure failure) {
    return SseWriter.event(ErrorWriter.write(failure));
  }
}
