package dev.assay.core.secret;

import dev.assay.core.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The secret values that this process knows (provider keys, tokens), and the one way to take them
 * out of a text. Immutable and thread-safe; it never prints what it holds.
 */
public final class Secrets {
  /** What stands where a secret stood. */
  public static final String MASK = "[secret]";

  /** Knows nothing and changes nothing. */
  public static final Secrets NONE = new Secrets(List.of());

  // A shorter value would mask ordinary words.
  private static final int SHORTEST = 8;

  private final List<String> values;

  private Secrets(List<String> values) {
    this.values = values;
  }

  /** The given values; those shorter than eight characters are left out. */
  public static Secrets of(Collection<String> values) {
    List<String> known =
        values.stream()
            .map(String::strip)
            .filter(value -> value.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    return known.isEmpty() ? NONE : new Secrets(known);
  }

  /** The same and more; see {@link #of}. */
  public Secrets with(Collection<String> more) {
    return of(Stream.concat(values.stream(), more.stream()).toList());
  }

  /** The text with every known secret masked; the same object when there is none in it. */
  public String scrub(String text) {
    String scrubbed = text;
    for (String value : values) {
      if (scrubbed.contains(value)) {
        scrubbed = scrubbed.replace(value, MASK);
      }
    }
    return scrubbed;
  }

  /** The bytes with every known secret masked; the same object when there is none in them. */
  public Bytes scrub(Bytes bytes) {
    if (values.isEmpty()) {
      return bytes;
    }
    // One byte a character, so that every byte survives the way back unchanged.
    String text =
        new String(
            bytes.backingArray(), bytes.arrayOffset(), bytes.length(), StandardCharsets.ISO_8859_1);
    String scrubbed = scrub(text);
    return text.equals(scrubbed)
        ? bytes
        : Bytes.wrap(scrubbed.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Says how many values it knows, never which. */
  @Override
  public String toString() {
    return "Secrets[" + values.size() + "]";
  }
}
