package dev.assay.wire.responses;

import dev.assay.core.model.Delta;
import dev.assay.core.request.Part;
import dev.assay.wire.format.AnswerParts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the events of a stream add to its items. For one thread. */
final class StreamedItems {
  private static final String PARAGRAPH = "\n\n";

  private final AnswerParts answer;
  private final Map<Long, Open> items = new HashMap<>();

  /**
   * No items yet.
   *
   * @param answer gives tool calls their places
   */
  StreamedItems(AnswerParts answer) {
    this.answer = answer;
  }

  /** An item that has begun. */
  private static final class Open {
    // Its place among the calls; negative as long as it is none.
    private int call = -1;
    private long place;
    private String thoughts = "";
    private boolean spoke;
    private boolean signed;
  }

  /** What an event adds to the answer, in order. */
  List<Delta.Content> read(EventFields event) {
    return switch (event.type()) {
      case "response.output_text.delta" -> text(event);
      case "response.refusal.delta" -> refusal(event);
      case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
          reasoning(event);
      case "response.function_call_arguments.delta" -> arguments(event);
      case "response.output_item.added" -> added(event);
      case "response.output_item.done" -> done(event);
      default -> List.of();
    };
  }

  private Open item(EventFields event) {
    return items.computeIfAbsent(event.output(), output -> new Open());
  }

  private List<Delta.Content> text(EventFields event) {
    List<Delta.Content> content = new ArrayList<>(2);
    if (!event.delta().isEmpty()) {
      content.add(new Delta.Content.Text(event.delta()));
    }
    if (!event.logprobs().isEmpty()) {
      content.add(new Delta.Content.Logprobs(event.logprobs()));
    }
    item(event).spoke |= !content.isEmpty();
    return content;
  }

  private List<Delta.Content> refusal(EventFields event) {
    if (event.delta().isEmpty()) {
      return List.of();
    }
    item(event).spoke = true;
    return List.of(new Delta.Content.Refusal(event.delta()));
  }

  // Some servers give both the reasoning and its summary: the one that comes first is read.
  private List<Delta.Content> reasoning(EventFields event) {
    Open item = item(event);
    item.thoughts = item.thoughts.isEmpty() ? event.type() : item.thoughts;
    if (event.delta().isEmpty() || !item.thoughts.equals(event.type())) {
      return List.of();
    }
    boolean paragraph = item.spoke && item.place != event.place();
    item.spoke = true;
    item.place = event.place();
    return List.of(
        new Delta.Content.Reasoning(paragraph ? PARAGRAPH + event.delta() : event.delta()));
  }

  private List<Delta.Content> arguments(EventFields event) {
    Open item = item(event);
    if (item.call < 0) {
      item.call = answer.toolCalls();
    }
    item.spoke = true;
    return List.of(answer.toolCall(item.call, null, null, event.delta()));
  }

  private List<Delta.Content> added(EventFields event) {
    Open item = item(event);
    if (item.call < 0
        && event.item() != null
        && !event.item().parts().isEmpty()
        && event.item().parts().getFirst() instanceof Part.ToolCall call) {
      item.call = answer.toolCalls();
      return List.of(answer.toolCall(item.call, call.id(), call.name(), ""));
    }
    return List.of();
  }

  private List<Delta.Content> done(EventFields event) {
    if (event.item() == null) {
      return List.of();
    }
    Open item = item(event);
    List<Delta.Content> content = new ArrayList<>(1);
    for (Part part : event.item().parts()) {
      addMissing(content, item, part);
    }
    item.spoke = true;
    return content;
  }

  private void addMissing(List<Delta.Content> content, Open item, Part part) {
    switch (part) {
      case Part.ToolCall call -> {
        boolean known = item.call >= 0;
        item.call = known ? item.call : answer.toolCalls();
        String arguments = item.spoke ? "" : call.arguments();
        if (!known || !arguments.isEmpty()) {
          content.add(answer.toolCall(item.call, call.id(), call.name(), arguments));
        }
      }
      case Part.Reasoning reasoning -> {
        addReasoning(content, item.spoke ? "" : reasoning.text());
        if (!item.signed) {
          item.signed = reasoning.signature().isPresent();
          reasoning.signature().map(Delta.Content.Signed::new).ifPresent(content::add);
        }
      }
      default -> {
        if (!item.spoke) {
          content.addAll(pieces(List.of(part)));
        }
      }
    }
  }

  private static void addReasoning(List<Delta.Content> content, String text) {
    if (!text.isEmpty()) {
      content.add(new Delta.Content.Reasoning(text));
    }
  }

  /** What whole parts add to the answer. */
  List<Delta.Content> pieces(List<Part> parts) {
    List<Delta.Content> pieces = new ArrayList<>();
    for (Part part : parts) {
      switch (part) {
        case Part.Text(String text) -> pieces.add(new Delta.Content.Text(text));
        case Part.Logprobs logprobs -> pieces.add(new Delta.Content.Logprobs(logprobs.tokens()));
        case Part.Refusal(String text) -> pieces.add(new Delta.Content.Refusal(text));
        case Part.Reasoning reasoning -> {
          addReasoning(pieces, reasoning.text());
          reasoning.signature().map(Delta.Content.Signed::new).ifPresent(pieces::add);
        }
        case Part.ToolCall call ->
            pieces.add(
                answer.toolCall(answer.toolCalls(), call.id(), call.name(), call.arguments()));
        default -> {}
      }
    }
    return pieces;
  }
}
