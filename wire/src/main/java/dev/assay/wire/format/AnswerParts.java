package dev.assay.wire.format;

import dev.assay.core.model.Delta;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.TokenLogprob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pieces of a streamed answer together, in the order in which they begin. Pieces of one
 * kind that follow each other are one part; a signature ends reasoning. For one thread.
 */
public final class AnswerParts {
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  // Which call the pieces with an index are of: the newest that began with it.
  private final Map<Integer, Integer> claims = new HashMap<>(4);

  /** An answer without parts. */
  public AnswerParts() {}

  /** A part that grows. */
  private abstract static sealed class Piece {
    final StringBuilder text = new StringBuilder();

    abstract void addTo(List<Part> parts);
  }

  /** Words whose tokens may have probabilities. */
  private abstract static sealed class Said extends Piece {
    final List<TokenLogprob> logprobs = new ArrayList<>(0);

    abstract Part part();

    // Probabilities may come although the words that they belong to never do.
    @Override
    void addTo(List<Part> parts) {
      if (text.isEmpty()) {
        return;
      }
      parts.add(part());
      if (!logprobs.isEmpty()) {
        parts.add(new Part.Logprobs(logprobs));
      }
    }
  }

  private static final class Words extends Said {
    @Override
    Part part() {
      return new Part.Text(text.toString());
    }
  }

  private static final class Thought extends Piece {
    private Optional<Signature> signature = Optional.empty();

    @Override
    void addTo(List<Part> parts) {
      parts.add(new Part.Reasoning(text.toString(), signature));
    }
  }

  private static final class Refused extends Said {
    @Override
    Part part() {
      return new Part.Refusal(text.toString());
    }
  }

  private static final class Kept extends Piece {
    private final Part.Opaque part;

    Kept(Part.Opaque part) {
      this.part = part;
    }

    @Override
    void addTo(List<Part> parts) {
      parts.add(part);
    }
  }

  private static final class Call extends Piece {
    private String id = "";
    private String name = "";
    private boolean begun;

    @Override
    void addTo(List<Part> parts) {
      parts.add(new Part.ToolCall(id.isEmpty() ? name : id, name, text.toString()));
    }
  }

  /** Adds a piece; a piece of a tool call comes from {@link #toolCall}. */
  public void add(Delta.Content content) {
    switch (content) {
      case Delta.Content.Text(String more) -> words().text.append(more);
      case Delta.Content.Reasoning(String more) -> thought().text.append(more);
      case Delta.Content.Signed(Signature signature) -> sign(signature);
      case Delta.Content.Logprobs(List<TokenLogprob> tokens) -> said().logprobs.addAll(tokens);
      case Delta.Content.Refusal(String more) -> refused().text.append(more);
      case Delta.Content.ToolCall call -> call(call.index()).text.append(call.arguments());
    }
  }

  /** Adds a part that is not understood, whole. */
  public void add(Part.Opaque part) {
    pieces.add(new Kept(part));
  }

  private Said said() {
    return !pieces.isEmpty() && pieces.getLast() instanceof Refused refused ? refused : words();
  }

  private Call call(int place) {
    Call call = calls.get(place);
    if (!call.begun) {
      call.begun = true;
      pieces.add(call);
    }
    return call;
  }

  private Words words() {
    if (!pieces.isEmpty() && pieces.getLast() instanceof Words words) {
      return words;
    }
    Words words = new Words();
    pieces.add(words);
    return words;
  }

  private Thought thought() {
    if (!pieces.isEmpty()
        && pieces.getLast() instanceof Thought thought
        && thought.signature.isEmpty()) {
      return thought;
    }
    Thought thought = new Thought();
    pieces.add(thought);
    return thought;
  }

  private void sign(Signature signature) {
    thought().signature = Optional.of(signature);
  }

  private Refused refused() {
    if (!pieces.isEmpty() && pieces.getLast() instanceof Refused refused) {
      return refused;
    }
    Refused refused = new Refused();
    pieces.add(refused);
    return refused;
  }

  /**
   * A piece of a tool call, which must be {@linkplain #add added} in its turn; its identifier and
   * name are said in the first one that has them.
   *
   * @param index the call's place among the calls of the answer; negative when it is not said
   */
  public Delta.Content.ToolCall toolCall(
      int index, @Nullable String id, @Nullable String name, @Nullable String arguments) {
    int place = place(index, id, name);
    while (calls.size() <= place) {
      calls.add(new Call());
    }
    Call call = calls.get(place);
    Optional<String> newId = Optional.empty();
    if (call.id.isEmpty() && id != null && !id.isEmpty()) {
      call.id = id;
      newId = Optional.of(id);
    }
    Optional<String> newName = Optional.empty();
    if (call.name.isEmpty() && name != null && !name.isEmpty()) {
      call.name = name;
      newName = Optional.of(name);
    }
    return new Delta.Content.ToolCall(place, newId, newName, arguments == null ? "" : arguments);
  }

  private int place(int index, @Nullable String id, @Nullable String name) {
    if (index < 0) {
      return unplaced(id);
    }
    Integer claimed = claims.get(index);
    if (claimed == null && index > calls.size()) {
      claimed = unplaced(id);
    } else if (claimed == null) {
      claimed = calls.size();
    } else if (another(calls.get(claimed), id, name)) {
      claimed = unplaced(id);
    }
    claims.put(index, claimed);
    return claimed;
  }

  // Some servers say the same index for each of several calls. Others make up a new identifier for
  // each piece of one call, but do not say its name again.
  private static boolean another(Call call, @Nullable String id, @Nullable String name) {
    boolean differs = id != null && !id.isEmpty() && !call.id.isEmpty() && !call.id.equals(id);
    return differs && name != null && !name.isEmpty();
  }

  // Some servers leave the index out and send each call whole, with an identifier of its own.
  private int unplaced(@Nullable String id) {
    if (id == null || id.isEmpty()) {
      return Math.max(0, calls.size() - 1);
    }
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).id.equals(id)) {
        return i;
      }
    }
    return calls.size();
  }

  /** How many tool calls have begun. */
  public int toolCalls() {
    return calls.size();
  }

  /** The answer so far. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    pieces.forEach(piece -> piece.addTo(parts));
    return parts;
  }
}
