package dev.assay.wire.format;

import dev.assay.core.model.Delta;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Orders the pieces of a streamed answer for formats in which one item ends before the next begins:
 * the pieces of a tool call follow each other, and its name comes first. What comes while a call is
 * open waits until the call's arguments are a whole object, or else until the end of the answer.
 * What comes for a call after its whole object is left out. For one thread.
 */
public final class CallsInTurn {
  private static final int NONE = -1;

  private final List<Held> held = new ArrayList<>(0);
  private final Set<Integer> ended = new HashSet<>(4);
  private int open = NONE;
  private ObjectEnd object = new ObjectEnd();

  /** An answer without pieces. */
  public CallsInTurn() {}

  private sealed interface Held {}

  private record Other(Delta.Content content) implements Held {}

  private static final class HeldCall implements Held {
    private final int index;
    private Optional<String> id = Optional.empty();
    private Optional<String> name = Optional.empty();
    private final StringBuilder arguments = new StringBuilder();

    private HeldCall(int index) {
      this.index = index;
    }

    private void add(Delta.Content.ToolCall more) {
      id = id.or(more::id);
      name = name.or(more::name);
      arguments.append(more.arguments());
    }

    private Delta.Content.ToolCall piece() {
      return new Delta.Content.ToolCall(
          index, id, Optional.of(name.orElse("")), arguments.toString());
    }
  }

  /**
   * What can be written now that a piece has come.
   *
   * @return perhaps nothing, perhaps what was held back too
   */
  public List<Delta.Content> next(Delta.Content content) {
    if (content instanceof Delta.Content.ToolCall call) {
      if (call.index() == open) {
        object.add(call.arguments());
        return List.of(call);
      }
      if (ended.contains(call.index())) {
        return List.of();
      }
      held(call.index()).add(call);
    } else {
      held.add(new Other(content));
    }
    return released();
  }

  private HeldCall held(int index) {
    for (Held one : held) {
      if (one instanceof HeldCall call && call.index == index) {
        return call;
      }
    }
    HeldCall call = new HeldCall(index);
    held.add(call);
    return call;
  }

  private List<Delta.Content> released() {
    List<Delta.Content> released = new ArrayList<>(1);
    Iterator<Held> waiting = held.iterator();
    while (waiting.hasNext() && (open == NONE || object.reached())) {
      switch (waiting.next()) {
        case Other(Delta.Content content) -> {
          end();
          released.add(content);
          waiting.remove();
        }
        case HeldCall call when call.name.isPresent() -> {
          end();
          open = call.index;
          object = new ObjectEnd();
          object.add(call.arguments);
          released.add(call.piece());
          waiting.remove();
        }
        case HeldCall _ -> {
          // Its name may still come.
        }
      }
    }
    return released;
  }

  private void end() {
    if (open != NONE) {
      ended.add(open);
      open = NONE;
    }
  }

  /** What is still held back when the answer has ended; the name of a call may be empty. */
  public List<Delta.Content> rest() {
    List<Delta.Content> rest = new ArrayList<>(held.size());
    for (Held one : held) {
      rest.add(
          switch (one) {
            case Other(Delta.Content content) -> content;
            case HeldCall call -> call.piece();
          });
    }
    held.clear();
    return rest;
  }
}
