package dev.assay.wire.json;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Member;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Edits members of the outermost object of a JSON text and leaves every other byte as it is. For
 * one thread.
 *
 * <p>A removed member takes one comma and the white space towards its neighbour with it; a new one
 * stands behind the last.
 */
public final class Splice {
  private final Bytes text;
  private final Map<String, Member> members;
  private final Map<String, Bytes> values = new LinkedHashMap<>();
  private final Set<String> removed = new HashSet<>();

  /**
   * No edit yet.
   *
   * @param text one JSON object
   * @param members all its members, as {@link MemberReader} or {@link Members} found them
   */
  public Splice(Bytes text, Map<String, Member> members) {
    this.text = text;
    this.members = members;
  }

  /**
   * Gives a member a value; it is added when there is none.
   *
   * @param name the name, unescaped
   * @param value one JSON value
   */
  public Splice set(String name, Bytes value) {
    removed.remove(name);
    values.put(name, value);
    return this;
  }

  /** Gives a member a text. */
  public Splice set(String name, String value) {
    return set(name, Json.write(generator -> generator.writeString(value)));
  }

  /** Takes a member out; nothing happens when there is none. */
  public Splice remove(String name) {
    values.remove(name);
    removed.add(name);
    return this;
  }

  /** The edited text, in an array of its own; the text itself when nothing changes. */
  public Bytes apply() {
    List<Edit> edits = edits();
    if (edits.isEmpty()) {
      return text;
    }
    int length = text.length();
    for (Edit edit : edits) {
      length += edit.replacement.length() - (edit.end - edit.start);
    }
    byte[] spliced = new byte[length];
    int from = 0;
    int to = 0;
    for (Edit edit : edits) {
      to = copy(text.slice(from, edit.start), spliced, to);
      to = copy(edit.replacement, spliced, to);
      from = edit.end;
    }
    copy(text.slice(from, text.length()), spliced, to);
    return Bytes.wrap(spliced);
  }

  private List<Edit> edits() {
    List<Map.Entry<String, Member>> ordered = new ArrayList<>(members.entrySet());
    ordered.sort(Comparator.comparingInt(entry -> entry.getValue().name().start()));
    int lastKept = ordered.size() - 1;
    while (lastKept >= 0 && removed.contains(ordered.get(lastKept).getKey())) {
      lastKept--;
    }
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i <= lastKept; i++) {
      Member member = ordered.get(i).getValue();
      Bytes value = values.get(ordered.get(i).getKey());
      if (value != null) {
        edits.add(new Edit(member.value().start(), member.value().end(), value));
      } else if (removed.contains(ordered.get(i).getKey())) {
        int next = ordered.get(i + 1).getValue().name().start();
        edits.add(new Edit(member.name().start(), next, Bytes.EMPTY));
      }
    }
    tail(ordered, lastKept).ifChanging(edits);
    return edits;
  }

  /** What stands behind the last member that stays. */
  private Edit tail(List<Map.Entry<String, Member>> ordered, int lastKept) {
    Bytes added = added(lastKept >= 0);
    if (ordered.isEmpty()) {
      int inside = indexOf('{') + 1;
      return new Edit(inside, inside, added);
    }
    int end = ordered.getLast().getValue().value().end();
    int start =
        lastKept >= 0
            ? ordered.get(lastKept).getValue().value().end()
            : ordered.getFirst().getValue().name().start();
    return new Edit(start, end, added);
  }

  private Bytes added(boolean behindOther) {
    ByteArrayOutputStream added = new ByteArrayOutputStream();
    boolean comma = behindOther;
    for (Map.Entry<String, Bytes> value : values.entrySet()) {
      if (!members.containsKey(value.getKey())) {
        if (comma) {
          added.write(',');
        }
        added.writeBytes(Json.write(generator -> generator.writeString(value.getKey())).toArray());
        added.write(':');
        added.write(
            value.getValue().backingArray(),
            value.getValue().arrayOffset(),
            value.getValue().length());
        comma = true;
      }
    }
    return Bytes.wrap(added.toByteArray());
  }

  private int indexOf(char wanted) {
    int at = 0;
    while (text.at(at) != wanted) {
      at++;
    }
    return at;
  }

  private static int copy(Bytes bytes, byte[] target, int at) {
    System.arraycopy(bytes.backingArray(), bytes.arrayOffset(), target, at, bytes.length());
    return at + bytes.length();
  }

  /** Bytes that are replaced by others. */
  private record Edit(int start, int end, Bytes replacement) {
    void ifChanging(List<Edit> edits) {
      if (start < end || !replacement.isEmpty()) {
        edits.add(this);
      }
    }
  }
}
