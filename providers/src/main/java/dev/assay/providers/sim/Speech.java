package dev.assay.providers.sim;

import dev.assay.core.model.Delta;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import java.util.List;
import java.util.Optional;

/**
 * What a simulated model says.
 *
 * @param kind what it is
 * @param body the text, or the arguments of a tool call
 * @param finish why it ends there
 */
record Speech(Kind kind, String body, FinishReason finish) {

  /** What is said. */
  sealed interface Kind {
    /** An answer. */
    record Words() implements Kind {}

    /** A refusal. */
    record Refusal() implements Kind {}

    /** A call of a tool. */
    record Call(String id, String tool) implements Kind {}
  }

  static Speech words(String body) {
    return new Speech(new Kind.Words(), body, FinishReason.STOP);
  }

  int tokens() {
    return SimTokens.count(body);
  }

  /** The same, cut off behind so many tokens if it has more. */
  Speech cutTo(long most) {
    List<String> tokens = SimTokens.split(body);
    return tokens.size() <= most
        ? this
        : new Speech(kind, String.join("", tokens.subList(0, (int) most)), FinishReason.LENGTH);
  }

  /** The same, ended before the first of the texts that occurs in it. */
  Speech stoppedAt(List<String> texts) {
    int end = body.length();
    for (String text : texts) {
      int at = text.isEmpty() || !(kind instanceof Kind.Words) ? -1 : body.indexOf(text);
      end = at < 0 ? end : Math.min(end, at);
    }
    return end == body.length() ? this : new Speech(kind, body.substring(0, end), finish);
  }

  /** The first half of its characters, and another reason why it ends there. */
  Speech half(FinishReason why) {
    int middle = (body.length() + 1) / 2;
    boolean inPair = middle > 0 && Character.isHighSurrogate(body.charAt(middle - 1));
    return new Speech(kind, body.substring(0, inPair ? middle - 1 : middle), why);
  }

  /** What comes before the first word, if anything. */
  Optional<Delta.Content> opening() {
    return kind instanceof Kind.Call(var id, var tool)
        ? Optional.of(new Delta.Content.ToolCall(0, Optional.of(id), Optional.of(tool), ""))
        : Optional.empty();
  }

  /** A word of it. */
  Delta.Content piece(String word) {
    return switch (kind) {
      case Kind.Words() -> new Delta.Content.Text(word);
      case Kind.Refusal() -> new Delta.Content.Refusal(word);
      case Kind.Call call ->
          new Delta.Content.ToolCall(0, Optional.empty(), Optional.empty(), word);
    };
  }

  List<Part> parts() {
    return switch (kind) {
      case Kind.Words() -> body.isEmpty() ? List.of() : List.of(new Part.Text(body));
      case Kind.Refusal() -> body.isEmpty() ? List.of() : List.of(new Part.Refusal(body));
      case Kind.Call(var id, var tool) -> List.of(new Part.ToolCall(id, tool, body));
    };
  }
}
