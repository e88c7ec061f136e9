package dev.assay.wire.openai;

import dev.assay.core.model.Delta;
import dev.assay.core.request.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the pieces of a streamed answer together. For one thread. */
final class AnswerParts {
  private final StringBuilder reasoning = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder refusal = new StringBuilder();
  private final List<Call> calls = new ArrayList<>();

  void add(Delta.Content content) {
    switch (content) {
      case Delta.Content.Text(String more) -> text.append(more);
      case Delta.Content.Reasoning(String more) -> reasoning.append(more);
      case Delta.Content.Refusal(String more) -> refusal.append(more);
      case Delta.Content.ToolCall call ->
          calls.get(call.index()).arguments.append(call.arguments());
      case Delta.Content.Opaque() -> {}
    }
  }

  /** A piece of a tool call; its identifier and name are said in the first one that has them. */
  Delta.Content.ToolCall toolCall(ToolCallFields fields) {
    int place = place(fields);
    while (calls.size() <= place) {
      calls.add(new Call());
    }
    Call call = calls.get(place);
    Optional<String> id = Optional.empty();
    if (call.id.isEmpty() && fields.id() != null && !fields.id().isEmpty()) {
      call.id = fields.id();
      id = Optional.of(call.id);
    }
    Optional<String> name = Optional.empty();
    if (call.name.isEmpty() && fields.name() != null && !fields.name().isEmpty()) {
      call.name = fields.name();
      name = Optional.of(call.name);
    }
    String arguments = fields.arguments() == null ? "" : fields.arguments();
    return new Delta.Content.ToolCall(place, id, name, arguments);
  }

  // Some servers leave the index out and send each call whole, with an identifier of its own.
  private int place(ToolCallFields fields) {
    if (fields.index() >= 0 && fields.index() <= calls.size()) {
      return fields.index();
    }
    boolean another =
        fields.id() != null && calls.stream().noneMatch(c -> c.id.equals(fields.id()));
    return another || calls.isEmpty() ? calls.size() : calls.size() - 1;
  }

  /** The answer so far: reasoning, text, refusal, tool calls. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    if (!reasoning.isEmpty()) {
      parts.add(new Part.Reasoning(reasoning.toString(), Optional.empty()));
    }
    if (!text.isEmpty()) {
      parts.add(new Part.Text(text.toString()));
    }
    if (!refusal.isEmpty()) {
      parts.add(new Part.Refusal(refusal.toString()));
    }
    for (Call call : calls) {
      String id = call.id.isEmpty() ? call.name : call.id;
      parts.add(new Part.ToolCall(id, call.name, call.arguments.toString()));
    }
    return parts;
  }

  private static final class Call {
    private String id = "";
    private String name = "";
    private final StringBuilder arguments = new StringBuilder();
  }
}
