package dev.assay.core.request;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.vector.Vector;
import java.util.List;
import java.util.Optional;

/** A piece of a message or of an answer. */
public sealed interface Part {
  /** Text. */
  record Text(String text) implements Part {}

  /**
   * An image by address; it is never fetched here.
   *
   * @param url where it is
   * @param detail the resolution hint, such as {@code low}
   */
  record ImageUrl(String url, Optional<String> detail) implements Part {}

  /**
   * An image by value.
   *
   * @param mediaType such as {@code image/png}
   * @param base64 its bytes in base64, as they came
   * @param detail the resolution hint, such as {@code low}
   */
  record ImageData(String mediaType, String base64, Optional<String> detail) implements Part {}

  /**
   * A document by address; it is never fetched here.
   *
   * @param url where it is
   * @param name what it is called, such as {@code report.pdf}
   */
  record DocumentUrl(String url, Optional<String> name) implements Part {}

  /**
   * A document by value.
   *
   * @param mediaType such as {@code application/pdf} or {@code text/plain}
   * @param base64 its bytes in base64, as they came
   * @param name what it is called, such as {@code report.pdf}
   */
  record DocumentData(String mediaType, String base64, Optional<String> name) implements Part {}

  /**
   * The model asks for a tool.
   *
   * @param id the identifier that the result must name
   * @param name the tool
   * @param arguments the arguments as the model wrote them: JSON text, not checked
   */
  record ToolCall(String id, String name, String arguments) implements Part {}

  /**
   * What a tool gave.
   *
   * @param callId the identifier of the call
   * @param parts the result
   * @param failed whether the tool reported a failure
   */
  record ToolResult(String callId, List<Part> parts, boolean failed) implements Part {
    /** Copies the parts. */
    public ToolResult {
      parts = List.copyOf(parts);
    }
  }

  /**
   * The model's reasoning.
   *
   * @param text what it says; empty when it is encrypted, and when there is a signature only
   * @param signature what the provider wants back unchanged, in this place of the conversation
   */
  record Reasoning(String text, Optional<Signature> signature) implements Part {}

  /** The model declines. */
  record Refusal(String text) implements Part {}

  /** Everything up to here may be kept in the provider's prompt cache. */
  record CachePoint(CacheHint hint) implements Part {}

  /** How likely each token of the text before it was. */
  record Logprobs(List<TokenLogprob> tokens) implements Part {
    /** Copies the tokens. */
    public Logprobs {
      tokens = List.copyOf(tokens);
    }
  }

  /** The vector of one embedded text. */
  record Embedding(Vector vector) implements Part {}

  /** How many input tokens a request has. */
  record TokenCount(long tokens) implements Part {}

  /**
   * Something that is not understood here, kept as it is.
   *
   * @param format the wire format that it is written in
   * @param json the JSON value
   */
  record Opaque(WireFormat format, Bytes json) implements Part {}

  /** All text of the parts, in order and without separators. */
  static String text(List<Part> parts) {
    if (parts.size() == 1 && parts.getFirst() instanceof Text(String text)) {
      return text;
    }
    StringBuilder all = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Text(String text)) {
        all.append(text);
      }
    }
    return all.toString();
  }
}
