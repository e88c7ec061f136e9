package dev.assay.core.model;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Signature;
import dev.assay.core.request.TokenLogprob;
import dev.assay.core.request.WireFormat;
import java.util.List;
import java.util.Optional;

/**
 * A piece of a streamed answer.
 *
 * @param content what it adds, in order; empty for an event that is not understood here
 * @param raw the event that carried it, when it came over a wire
 */
public record Delta(List<Content> content, Optional<Raw> raw) {
  /** Copies the content. */
  public Delta {
    content = List.copyOf(content);
  }

  /** A piece that did not come over a wire. */
  public Delta(Content content) {
    this(List.of(content), Optional.empty());
  }

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

    /**
     * What the provider wants back with the reasoning before it, which it ends; without reasoning
     * before it, a part of its own.
     */
    record Signed(Signature signature) implements Content {}

    /** How likely the tokens of the text before it were. */
    record Logprobs(List<TokenLogprob> tokens) implements Content {
      /** Copies the tokens. */
      public Logprobs {
        tokens = List.copyOf(tokens);
      }
    }

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
  }

  /** All its text, in order. */
  public String text() {
    StringBuilder all = new StringBuilder();
    for (Content piece : content) {
      if (piece instanceof Content.Text(String text)) {
        all.append(text);
      }
    }
    return all.toString();
  }

  /** A text that did not come over a wire. */
  public static Delta text(String text) {
    return new Delta(new Content.Text(text));
  }
}
