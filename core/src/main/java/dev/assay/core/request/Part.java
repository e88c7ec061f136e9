package dev.assay.core.request;

import dev.assay.core.bytes.Bytes;
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
   * @param text what it says; empty when it is encrypted
   * @param signature what the provider wants back unchanged
   */
  record Reasoning(String text, Optional<String> signature) implements Part {}

  /** The model declines. */
  record Refusal(String text) implements Part {}

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
