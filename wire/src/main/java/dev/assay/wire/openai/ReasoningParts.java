package dev.assay.wire.openai;

import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the reasoning of a message stands in Chat Completions: its text in {@code
 * reasoning_content}, what a provider wants back in {@code reasoning_details}; Gemini's signature
 * of a tool call with that call, where Google's own imitation of this API puts it.
 */
final class ReasoningParts {
  private ReasoningParts() {}

  /** What stands between the texts of two reasonings. */
  static final String BETWEEN = "\n\n";

  /** All text of the reasoning, a blank line between one and the next. */
  static String text(List<Part> parts) {
    StringBuilder all = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.Reasoning reasoning && !reasoning.text().isEmpty()) {
        all.append(all.isEmpty() ? "" : BETWEEN).append(reasoning.text());
      }
    }
    return all.toString();
  }

  /** The reasoning without the signatures that stand with tool calls. */
  static List<Part.Reasoning> apart(List<Part> parts) {
    List<Part.Reasoning> apart = new ArrayList<>(0);
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Part.Reasoning reasoning) {
        if (ofCall(parts, i + 1).isEmpty()) {
          apart.add(reasoning);
        } else if (!reasoning.text().isEmpty()) {
          apart.add(new Part.Reasoning(reasoning.text(), Optional.empty()));
        }
      }
    }
    return apart;
  }

  /** Whether any of it has a signature. */
  static boolean signed(List<Part.Reasoning> all) {
    return all.stream().anyMatch(reasoning -> reasoning.signature().isPresent());
  }

  /** The signature of the tool call in a place; absent when there is none or no call. */
  static Optional<Signature> ofCall(List<Part> parts, int place) {
    boolean call = place < parts.size() && parts.get(place) instanceof Part.ToolCall;
    return call && place > 0 && parts.get(place - 1) instanceof Part.Reasoning before
        ? before.signature().filter(ReasoningParts::ofGemini)
        : Optional.empty();
  }

  /** Whether it is reasoning that a server of this API signed. */
  static boolean ofChat(Part part) {
    return part instanceof Part.Reasoning(var _, var signature)
        && signature.filter(made -> made.format() == WireFormat.OPENAI_CHAT).isPresent();
  }

  /** Whether it may stand with a tool call. */
  static boolean ofGemini(Signature signature) {
    return signature.format() == WireFormat.GEMINI;
  }
}
