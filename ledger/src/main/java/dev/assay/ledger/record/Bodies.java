package dev.assay.ledger.record;

import dev.assay.core.bytes.Bytes;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of a record.
 *
 * @param parts the bodies that it has
 */
public record Bodies(Map<BodyPart, Body> parts) {
  /** None. */
  public static final Bodies NONE = new Bodies(Map.of());

  /** Copies the map. */
  public Bodies {
    parts = parts.isEmpty() ? Map.of() : new EnumMap<>(parts);
  }

  /** One of them. */
  public Optional<Body> part(BodyPart part) {
    return Optional.ofNullable(parts.get(part));
  }

  /** The commitment of one of them, as a column's value. */
  public @Nullable Bytes commitment(BodyPart part) {
    Body body = parts.get(part);
    return body == null ? null : RecordDigests.commitment(body);
  }

  /** The values of the table's columns: nonce and content of each part, in order. */
  public @Nullable Object[] values() {
    @Nullable Object[] values = new @Nullable Object[BodyPart.COLUMNS];
    int at = 0;
    for (BodyPart part : BodyPart.values()) {
      Body body = parts.get(part);
      values[at++] = body == null ? null : body.nonce();
      values[at++] = body == null ? null : body.content();
    }
    return values;
  }

  /** The bodies that {@link #values()} was made of. */
  public static Bodies of(@Nullable Object[] values) {
    Map<BodyPart, Body> parts = new EnumMap<>(BodyPart.class);
    int at = 0;
    for (BodyPart part : BodyPart.values()) {
      if (values[at] instanceof Bytes nonce && values[at + 1] instanceof Bytes content) {
        parts.put(part, new Body(nonce, content));
      }
      at += 2;
    }
    return new Bodies(parts);
  }

  /** How many bytes they have. */
  public long size() {
    long size = 0;
    for (Body body : parts.values()) {
      size += body.content().length();
    }
    return size;
  }
}
