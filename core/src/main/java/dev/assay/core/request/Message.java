package dev.assay.core.request;

import java.util.List;
import java.util.Optional;

/**
 * One turn of a conversation.
 *
 * @param role who says it
 * @param parts what is said, in order
 * @param name the speaker's name, when one was given
 */
public record Message(Role role, List<Part> parts, Optional<String> name) {
  /** Copies the parts. */
  public Message {
    parts = List.copyOf(parts);
  }

  /** A message of one text. */
  public static Message text(Role role, String text) {
    return new Message(role, List.of(new Part.Text(text)), Optional.empty());
  }

  /** All its text, in order and without separators; parts that are not text are left out. */
  public String text() {
    return Part.text(parts);
  }
}
