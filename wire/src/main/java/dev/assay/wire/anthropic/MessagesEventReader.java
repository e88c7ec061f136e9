package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerEvent;
import dev.assay.wire.format.AnswerParts;
import dev.assay.wire.format.EventReader;
import dev.assay.wire.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the events of one stream of Messages. Blocks and pieces of types that have no canonical
 * form are content without a canonical piece. A tool call that had no arguments when its block
 * ended has an empty object.
 *
 * <p>The usage that opens a stream has the whole input but not the output, so {@link #usage()} is
 * an estimate until the end tells it. For one thread at a time.
 */
public final class MessagesEventReader implements EventReader {
  private final AnswerParts answer = new AnswerParts();
  private final UsageCount usage = new UsageCount();
  private final Map<Long, ToolBlock> toolBlocks = new HashMap<>(4);
  private Optional<String> id = Optional.empty();
  private Optional<String> model = Optional.empty();
  private @Nullable String stopReason;
  private boolean contentSeen;
  private boolean doneSeen;

  /** A reader of a stream that has not begun. */
  public MessagesEventReader() {}

  /** A tool call whose block has begun. */
  private static final class ToolBlock {
    private final int place;
    private boolean argued;

    ToolBlock(int place) {
      this.place = place;
    }
  }

  @Override
  public AnswerEvent read(Bytes data) {
    try (JsonParser parser = Json.parser(data)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return AnswerEvent.of(AnswerEvent.Kind.MALFORMED);
      }
      EventFields event = new EventFields(parser, data, usage);
      event.read();
      return parser.nextToken() == null ? take(event) : AnswerEvent.of(AnswerEvent.Kind.MALFORMED);
    } catch (JacksonException malformed) {
      return AnswerEvent.of(AnswerEvent.Kind.MALFORMED);
    }
  }

  private AnswerEvent take(EventFields event) {
    id = id.or(event::id);
    model = model.or(event::model);
    return switch (event.type()) {
      case "content_block_start" -> blockStart(event.index(), event.block());
      case "content_block_delta" -> blockDelta(event.index(), event.delta());
      case "content_block_stop" -> blockStop(event.index());
      case "message_delta" -> messageDelta(event);
      case "message_stop" -> {
        doneSeen = true;
        yield AnswerEvent.of(AnswerEvent.Kind.DONE);
      }
      case "error" ->
          new AnswerEvent(AnswerEvent.Kind.ERROR, List.of(), Optional.of(event.error()));
      default -> content(List.of(), false);
    };
  }

  private AnswerEvent blockStart(long index, BlockFields block) {
    List<Delta.Content> pieces = new ArrayList<>(1);
    switch (block.type()) {
      case "text" -> block.text().map(Delta.Content.Text::new).ifPresent(pieces::add);
      case "thinking" -> {
        block.thinking().map(Delta.Content.Reasoning::new).ifPresent(pieces::add);
        block.signature().map(Delta.Content.Signed::new).ifPresent(pieces::add);
      }
      case "redacted_thinking" ->
          block.encrypted().map(Delta.Content.Signed::new).ifPresent(pieces::add);
      case "tool_use" -> pieces.add(toolStart(index, block));
      default -> {
        return content(List.of(), true);
      }
    }
    return content(pieces, false);
  }

  private Delta.Content toolStart(long index, BlockFields block) {
    ToolBlock tool = new ToolBlock(answer.toolCalls());
    toolBlocks.put(index, tool);
    // Some servers give the whole arguments here.
    tool.argued = !block.input().isEmpty();
    return answer.toolCall(
        tool.place, block.id().orElse(null), block.name().orElse(null), block.input());
  }

  private AnswerEvent blockDelta(long index, BlockFields delta) {
    return switch (delta.type()) {
      case "text_delta" -> content(delta.text().map(Delta.Content.Text::new));
      case "thinking_delta" -> content(delta.thinking().map(Delta.Content.Reasoning::new));
      case "signature_delta" -> content(delta.signature().map(Delta.Content.Signed::new));
      case "input_json_delta" -> content(arguments(index, delta));
      default -> content(List.of(), true);
    };
  }

  private Optional<Delta.Content> arguments(long index, BlockFields delta) {
    ToolBlock tool = toolBlocks.get(index);
    String more = delta.partialJson();
    if (tool == null || more.isEmpty()) {
      return Optional.empty();
    }
    tool.argued = true;
    return Optional.of(answer.toolCall(tool.place, null, null, more));
  }

  private AnswerEvent blockStop(long index) {
    ToolBlock tool = toolBlocks.get(index);
    if (tool == null || tool.argued) {
      return content(List.of(), false);
    }
    tool.argued = true;
    return content(Optional.of(answer.toolCall(tool.place, null, null, "{}")));
  }

  private AnswerEvent messageDelta(EventFields event) {
    Optional<String> reason = event.delta().stopReason();
    if (reason.isEmpty() || stopReason != null) {
      return AnswerEvent.of(event.anyUsage() ? AnswerEvent.Kind.USAGE : passing());
    }
    stopReason = reason.get();
    List<Delta.Content> last = new ArrayList<>(0);
    if (finish() == FinishReason.REFUSAL) {
      event.delta().explanation().map(Delta.Content.Refusal::new).ifPresent(last::add);
    }
    last.forEach(answer::add);
    return new AnswerEvent(AnswerEvent.Kind.FINISH, last, Optional.empty());
  }

  private AnswerEvent content(Optional<? extends Delta.Content> piece) {
    return content(piece.map(List::<Delta.Content>of).orElse(List.of()), false);
  }

  private AnswerEvent content(List<Delta.Content> pieces, boolean unknown) {
    pieces.forEach(answer::add);
    contentSeen |= unknown || !pieces.isEmpty();
    return new AnswerEvent(passing(), pieces, Optional.empty());
  }

  private AnswerEvent.Kind passing() {
    if (finished()) {
      return AnswerEvent.Kind.OTHER;
    }
    return contentSeen ? AnswerEvent.Kind.CONTENT : AnswerEvent.Kind.PRELUDE;
  }

  @Override
  public List<Part> parts() {
    return answer.parts();
  }

  @Override
  public FinishReason finish() {
    return StopReasons.of(stopReason);
  }

  @Override
  public boolean finished() {
    return stopReason != null;
  }

  @Override
  public boolean done() {
    return doneSeen;
  }

  @Override
  public Usage usage() {
    return usage.usage();
  }

  @Override
  public Optional<String> model() {
    return model;
  }

  @Override
  public Optional<String> id() {
    return id;
  }
}
