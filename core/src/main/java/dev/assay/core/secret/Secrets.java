package dev.assay.core.secret;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.bytes.Span;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

  private static final byte[] MASK_BYTES = MASK.getBytes(StandardCharsets.US_ASCII);

  private final List<String> values;
  private final SecretBytes known;

  private Secrets(List<String> values) {
    this.values = values;
    this.known = new SecretBytes(values);
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

  /** Where known secrets stand in a text, in no certain order; they may overlap. */
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    for (String value : values) {
      for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
        found.add(new Span(at, at + value.length()));
      }
    }
    return found;
  }

  /**
   * The bytes with every known secret masked, also where its characters are escaped as in JSON; the
   * same object when there is none in them. It goes over the bytes once.
   */
  public Bytes scrub(Bytes bytes) {
    if (values.isEmpty()) {
      return bytes;
    }
    byte[] in = bytes.backingArray();
    int start = bytes.arrayOffset();
    int limit = start + bytes.length();
    for (int at = start; at < limit; at++) {
      if (known.end(in, at, limit) >= 0) {
        return masked(in, start, at, limit);
      }
    }
    return bytes;
  }

  private Bytes masked(byte[] in, int start, int found, int limit) {
    ByteArrayOutputStream clean = new ByteArrayOutputStream(limit - start);
    clean.write(in, start, found - start);
    int at = found;
    while (at < limit) {
      int end = known.end(in, at, limit);
      if (end < 0) {
        clean.write(in[at++]);
      } else {
        clean.writeBytes(MASK_BYTES);
        at = end;
      }
    }
    return Bytes.wrap(clean.toByteArray());
  }

  /** Says how many values it knows, never which. */
  @Override
  public String toString() {
    return "Secrets[" + values.size() + "]";
  }
}
