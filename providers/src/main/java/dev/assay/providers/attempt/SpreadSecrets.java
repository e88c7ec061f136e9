package dev.assay.providers.attempt;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.bytes.Span;
import dev.assay.core.model.Delta;
import dev.assay.core.request.Part;
import dev.assay.core.secret.Secrets;
import dev.assay.wire.format.AnswerEvent;
import dev.assay.wire.format.EventReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Secrets in a stream that no event has whole: a model says a key in several words. They show in
 * the answer that the events make together.
 */
final class SpreadSecrets {
  private final Map<String, Channel> channels = new HashMap<>();
  private final BitSet opaque = new BitSet();

  private SpreadSecrets() {}

  /** The parts of an answer without secrets; equal to what was given when there are none. */
  static List<Part> scrubbed(List<Part> parts, Secrets secrets) {
    return parts.stream().map(part -> scrubbed(part, secrets)).toList();
  }

  private static Part scrubbed(Part part, Secrets secrets) {
    return switch (part) {
      case Part.Text(var text) -> new Part.Text(secrets.scrub(text));
      case Part.Refusal(var text) -> new Part.Refusal(secrets.scrub(text));
      case Part.Reasoning(var text, var signature) ->
          new Part.Reasoning(secrets.scrub(text), signature);
      case Part.ToolCall(var id, var name, var arguments) ->
          new Part.ToolCall(id, name, secrets.scrub(arguments));
      case Part.ImageUrl _,
          Part.ImageData _,
          Part.DocumentUrl _,
          Part.DocumentData _,
          Part.ToolResult _,
          Part.CachePoint _,
          Part.Logprobs _,
          Part.Embedding _,
          Part.TokenCount _,
          Part.Opaque _ ->
          part;
    };
  }

  /**
   * The places of the events over which secrets are spread, in a stream that has some. Content that
   * is not understood counts too: a further choice says what the first one says.
   *
   * @param reader a reader of a stream that has not begun
   * @param data the data of the events of a stream, in order
   */
  static BitSet events(EventReader reader, List<Bytes> data, Secrets secrets) {
    SpreadSecrets spread = new SpreadSecrets();
    for (int event = 0; event < data.size(); event++) {
      AnswerEvent said = reader.read(data.get(event));
      if (said.kind() == AnswerEvent.Kind.CONTENT && said.content().isEmpty()) {
        spread.opaque.set(event);
      }
      for (Delta.Content content : said.content()) {
        spread.add(event, content);
      }
    }
    BitSet events = spread.opaque;
    spread.channels.values().forEach(channel -> channel.mark(secrets, events));
    return events;
  }

  private void add(int event, Delta.Content content) {
    switch (content) {
      case Delta.Content.Text(var text) -> add("text", event, text);
      case Delta.Content.Reasoning(var text) -> add("reasoning", event, text);
      case Delta.Content.Refusal(var text) -> add("refusal", event, text);
      case Delta.Content.ToolCall call -> add("call " + call.index(), event, call.arguments());
      case Delta.Content.Logprobs _ -> opaque.set(event);
      case Delta.Content.Signed _ -> {}
    }
  }

  private void add(String channel, int event, String text) {
    channels.computeIfAbsent(channel, name -> new Channel()).add(event, text);
  }

  /** What belongs together of an answer, and which events brought it. */
  private static final class Channel {
    private final StringBuilder text = new StringBuilder();
    private final List<Piece> pieces = new ArrayList<>();

    private record Piece(int event, int start, int end) {}

    void add(int event, String more) {
      int start = text.length();
      text.append(more);
      pieces.add(new Piece(event, start, text.length()));
    }

    void mark(Secrets secrets, BitSet events) {
      for (Span secret : secrets.find(text.toString())) {
        for (Piece piece : pieces) {
          if (piece.start < secret.end() && secret.start() < piece.end) {
            events.set(piece.event);
          }
        }
      }
    }
  }
}
