package dev.assay.core.model;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.WireFormat;
import java.util.Optional;

/**
 * A piece of a streamed answer.
 *
 * @param content what it adds
 * @param raw the event that carried it, when it came over a wire
 */
public record Delta(Content content, Optional<Raw> raw) {
  /**
   * An event as it came.
   *
   * @param format the wire format of the stream
   * @param event the bytes, the closing blank line included
   */
  public record Raw(WireFormat format, Bytes event) {}

  /** What a delta adds to the answer. */
  public sealed interface Content {
    /** More text. */
    record Text(String text) implements Content {}

    /** More reasoning. */
    record Reasoning(String text) implements Content {}

    /** More words of a refusal. */
    record Refusal(String text) implements Content {}

    /**
     * More of a tool call.
     *
     * @param index which call of the answer, from 0
     * @param id the call's identifier, in its first delta
     * @param name the tool's name, in its first delta
     * @param arguments more of the arguments' JSON text
     */
    record ToolCall(int index, Optional<String> id, Optional<String> name, String arguments)
        implements Content {}

    /** Nothing that is understood here; the raw event is kept. */
    record Opaque() implements Content {}
  }

  /** A text that did not come over a wire. */
  public static Delta text(String text) {
    return new Delta(new Content.Text(text), Optional.empty());
  }
}
